export { isOwner, type Owned, organizerOfHold, owner, ownerOfHold } from './access.ts';
export { closeHoldsOfEvent } from './cancel-event.ts';
export { type Catalogue, loadCatalogue } from './catalogue.ts';
export { claimInOrder, lapsedAt, writeClaims } from './claiming.ts';
export type { ClaimRecord, CounterRecord, Units } from './counter.ts';
export { Hold, HoldId, HoldItem, type HoldRecord } from './hold.ts';
export { releaseHold } from './operations/release-hold.ts';
export { Pool, PoolId, type PoolRecord } from './pool.ts';
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
export { type PricedSelection, priceSelection, saleClosed, typeClosed } from './selection.ts';
export { type Standing, standing } from './standing.ts';
export type { CounterDrift, InventoryReads, InventoryWrites } from './store.ts';
export { orderHold } from './transitions.ts';
