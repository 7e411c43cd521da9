export { isOwner, type Owned, organizerOfHold, owner, ownerOfHold } from './access.ts';
export { askedOf, Cash, Codes } from './asked.ts';
export { Block, type BlockRecord } from './block.ts';
export { buyerKeyOf, normalizeEmail } from './buyer.ts';
export { closeHoldsOfEvent } from './cancel-event.ts';
export { type Catalogue, loadCatalogue } from './catalogue.ts';
export { claimForBuyer } from './claim-for-buyer.ts';
export { claimInOrder, claimWhile, isOver, type Moving, writeClaims } from './claiming.ts';
export { type ClaimRecord, type CounterRecord, isLive, type Units, wasLost } from './counter.ts';
export { freePlaces } from './free-place.ts';
export {
  beyond,
  freeIn,
  gateOf,
  keptFor,
  leavesOf,
  type Waiting,
  wantedFor,
} from './gate.ts';
export { Hold, HoldId, HoldItem, type HoldRecord } from './hold.ts';
export { holdInOrder } from './hold-in-order.ts';
export { selectionType } from './line-prices.ts';
export { demandNow } from './moving-price.ts';
export { openPools } from './open-pools.ts';
export { createHold } from './operations/create-hold.ts';
export { Capacity as PoolCapacity } from './operations/create-pool.ts';
export { releaseHold } from './operations/release-hold.ts';
export { outOfReach } from './out-of-reach.ts';
export { typesWithPlacesLeft } from './places-left.ts';
export { Pool, type PoolRecord } from './pool.ts';
export { pricingRefusals } from './pricing-refusals.ts';
export {
  blockOfCode,
  blockReleased,
  blockTooSmall,
  capacityBelowClaimed,
  holdAlreadyExtended,
  holdExpired,
  holdNotActive,
  holdNotChangeable,
  limitExceeded,
  notInBlock,
  notOnSale,
  notReservable,
  soldOut,
} from './refusals.ts';
export { endReserve, setAside } from './reserve.ts';
export { holdResource, withAccessToken } from './resource.ts';
export { notSold, saleClosed } from './sale.ts';
export { seatRefusals } from './seat-refusals.ts';
export { seatedSessions, seatsOfType } from './seats.ts';
export { secureClaims } from './secure.ts';
export { priceOf, priceSelection } from './selection.ts';
export { claimedSessions } from './session-claims.ts';
export { openCodes, shownTypes } from './shown-types.ts';
export { standing } from './standing.ts';
export type {
  Capacity,
  ClaimedItems,
  CounterDrift,
  InventoryReads,
  InventoryWrites,
  NextExpiry,
  StrayClaims,
  UnitsAt,
} from './store.ts';
export { reservesOf, reserveTarget } from './target.ts';
export { orderHold, releaseHold as endHold } from './transitions.ts';
