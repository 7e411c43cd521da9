export { endWaitlistOfEvent } from './cancel-event.ts';
export { WaitlistEntry, type WaitlistEntryRecord, type WaitlistWishRecord } from './entry.ts';
export { WaitlistOffer, type WaitlistOfferRecord } from './offer.ts';
export { WaitlistPolicy, type WaitlistPolicyRecord } from './policy.ts';
export {
  alreadyWaiting,
  entryClosed,
  notSoldOut,
  notWaitable,
  offerCodeNotValid,
  offerCodeUsed,
  offerNotOpen,
  waitlistClosed,
} from './refusals.ts';
export type {
  FreeOfType,
  WaitingFor,
  WaitlistDrift,
  WaitlistReads,
  WaitlistWrites,
} from './store.ts';
