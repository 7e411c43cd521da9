export { isOwner, type Owned, organizerOfHold, owner, ownerOfHold } from './access.ts';
export { closeHoldsOfEvent } from './cancel-event.ts';
export { loadCatalogue } from './catalogue.ts';
export { claimInOrder, writeClaims } from './claiming.ts';
export type { ClaimRecord, CounterRecord, Units } from './counter.ts';
export { Hold, HoldId, HoldItem, type HoldRecord } from './hold.ts';
export { releaseHold } from './operations/release-hold.ts';
export type { PoolRecord } from './pool.ts';
export {
  capacityBelowClaimed,
  holdExpired,
  holdNotActive,
  limitExceeded,
  notOnSale,
  soldOut,
} from './refusals.ts';
export { holdResource, withAccessToken } from './resource.ts';
export { secureClaims } from './secure.ts';
export { priceSelection, saleClosed } from './selection.ts';
export { standing } from './standing.ts';
export type { CounterDrift, InventoryReads, InventoryWrites } from './store.ts';
export { orderHold } from './transitions.ts';
