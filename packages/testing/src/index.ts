export {
  aBoxOffice,
  type BoxOffice,
  type BoxOfficeOptions,
  type TestCode,
  type TestEvent,
  type TestFee,
  type TestOrganizer,
  type TestPool,
  type TestResalePolicy,
  type TestTicketType,
} from './box-office.ts';
export { type Duration, type TestClock, testClock } from './clock.ts';
export { storageConformance } from './conformance/index.ts';
export type { Conformance, Opened, TestTools } from './conformance/suite.ts';
export {
  type FillDatabase,
  type Filled,
  type FillOptions,
  fillTickets,
} from './fill.ts';
export { seededBytes, seededIds } from './ids.ts';
export {
  type OpenedProvider,
  type ProviderSubject,
  providerConformance,
} from './provider-conformance.ts';
export {
  aGiftCard,
  aHold,
  aListing,
  aPaidOrder,
  aPlacedOrder,
  type Held,
  type Paid,
  type Placed,
  type PurchaseOptions,
  payInCash,
  type TestGiftCard,
  type TestHold,
  type TestListing,
  ticketsOf,
} from './purchases.ts';
export type { SimulationFailure, SimulationReport } from './simulator/report.ts';
export { type SimulateOptions, simulate } from './simulator/simulate.ts';
