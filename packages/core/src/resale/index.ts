export {
  invalidateListingOfTicket,
  invalidateListingsOfEvent,
  withdrawForScan,
} from './close.ts';
export { canCompleteResale, completeResale, type ResaleSale } from './complete.ts';
export { Listing, ListingId, type ListingRecord } from './listing.ts';
export {
  priceCap,
  priceFloor,
  ResalePolicy,
  type ResalePolicyRecord,
  ResaleTerms,
} from './policy.ts';
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
