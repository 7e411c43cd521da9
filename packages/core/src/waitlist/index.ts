export { endWaitlistOfEvent } from './cancel-event.ts';
export { codeToSend } from './code.ts';
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
export { offerResource } from './resource.ts';
export type {
  FreeOfType,
  WaitingFor,
  WaitlistDrift,
  WaitlistReads,
  WaitlistWrites,
} from './store.ts';
