export {
  invalidateListingOfTicket,
  invalidateListingsOfEvent,
  withdrawForScan,
  withdrawForVisits,
} from './close.ts';
export { canCompleteResale, completeResale, type ResaleSale, saleOfListing } from './complete.ts';
export { isSold, type SoldListing, soldTogether } from './group.ts';
export type { Listed } from './limits.ts';
export { Listing, type ListingRecord, ListingSettled } from './listing.ts';
export { type MovedListing, moveListings } from './moved-sessions.ts';
export { overListing } from './over.ts';
export { closeOverdue, type ListedTickets, lockListed } from './overdue.ts';
export { ResalePolicy, type ResalePolicyRecord } from './policy.ts';
export {
  buyerIsSeller,
  heldTooShort,
  listingClosed,
  listingPriceChanged,
  listingSoldWhole,
  outsideResaleWindow,
  priceAboveCap,
  priceBelowFloor,
  primaryNotSoldOut,
  resaleLimitExceeded,
  resaleNotAllowed,
  ticketNotResellable,
  ticketNotReturnable,
} from './refusals.ts';
export type { CountedListing, ListingSearch, ResaleReads, ResaleWrites } from './store.ts';
