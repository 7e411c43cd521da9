export {
  invalidateListingOfTicket,
  invalidateListingsOfEvent,
  withdrawForScan,
} from './close.ts';
export { canCompleteResale, completeResale, type ResaleSale, saleOfListing } from './complete.ts';
export { Listing, type ListingRecord } from './listing.ts';
export { ResalePolicy, type ResalePolicyRecord } from './policy.ts';
export {
  buyerIsSeller,
  listingClosed,
  outsideResaleWindow,
  priceAboveCap,
  priceBelowFloor,
  resaleNotAllowed,
  ticketNotResellable,
} from './refusals.ts';
export type { ResaleReads, ResaleWrites } from './store.ts';
