export {
  invalidateListingOfTicket,
  invalidateListingsOfEvent,
  withdrawForScan,
} from './close.ts';
export { canCompleteResale, completeResale, type ResaleSale, saleOfListing } from './complete.ts';
export type { ListingRecord } from './listing.ts';
export type { ResalePolicyRecord } from './policy.ts';
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
