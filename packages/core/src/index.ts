export type { CheckinReads, CheckinWrites, Scan, ScanRecord } from './checkin/index.ts';
export type {
  Event,
  EventReads,
  EventRecord,
  EventWrites,
  SeriesRecord,
  SessionRecord,
  TicketTypeRecord,
} from './events/index.ts';
export type {
  BlockRecord,
  Capacity,
  ClaimedItems,
  ClaimRecord,
  CounterDrift,
  CounterRecord,
  Hold,
  HoldRecord,
  InventoryReads,
  InventoryWrites,
  NextExpiry,
  PoolRecord,
  StrayClaims,
  Units,
  UnitsAt,
} from './inventory/index.ts';
export {
  type Actor,
  type AnyOperation,
  type AnyRefusalType,
  type CallOptions,
  type Clock,
  CommitUncertain,
  createIds,
  type DomainEvent,
  decimalOf,
  type ErrorKind,
  type EventOf,
  exponentOf,
  formatAmount,
  generateSecret,
  type IdempotencyRecord,
  type IdPrefix,
  type Ids,
  type InsertStore,
  type Instant,
  type Issue,
  instantFromMillis,
  LostRace,
  millisOf,
  minorUnitsOf,
  type Page,
  type PageRequest,
  pageFrom,
  plusMinutes,
  type ReadStore,
  type Revised,
  type Role,
  type Settings,
  systemClock,
  TicketiError,
  type Trace,
  type WriteStore,
} from './kernel/index.ts';
export type {
  AccountBalance,
  BalanceFilter,
  EntryRecord,
  LedgerFinding,
  LedgerReads,
  LedgerWrites,
  PostingRecord,
} from './ledger/index.ts';
export type { Order, OrderReads, OrderRecord, OrderWrites } from './orders/index.ts';
export type {
  MemberRecord,
  OrganizerReads,
  OrganizerRecord,
  OrganizerWrites,
  SigningKeyRecord,
} from './organizers/index.ts';
export {
  manualProvider,
  type PaymentPlace,
  type PaymentProvider,
  type PaymentProviders,
  type PaymentReads,
  type PaymentRecord,
  type PaymentRequest,
  type PaymentResult,
  type PaymentWrites,
  type RefundRecord,
  type RefundRequest,
  type RefundResult,
  SANDBOX_METHODS,
  type StrandedMoney,
  sandboxProvider,
  type UnsettledPayments,
} from './payments/index.ts';
export type {
  MigrationReport,
  ReadTx,
  Storage,
  StorageCheck,
  WriteTx,
} from './port.ts';
export type { CodeRecord, FeeRecord, PricingReads, PricingWrites, Quote } from './pricing/index.ts';
export { isTicketiError, type RefusalCode, type RefusedWith, refusalTypes } from './refusals.ts';
export { type OperationName, type Operations, operations, operationsByName } from './registry.ts';
export type {
  ListingRecord,
  ResalePolicyRecord,
  ResaleReads,
  ResaleWrites,
} from './resale/index.ts';
export {
  type ClaimedSeats,
  type LiveSeats,
  type SeatChange,
  type SeatGroup,
  type SeatingReads,
  type SeatingRecord,
  type SeatingWrites,
  type SeatMap,
  type SeatMapDocument,
  type SeatMapRecord,
  type SeatsAt,
  seatMapFromCsv,
  seatMapFromYaml,
} from './seating/index.ts';
export { type CallByName, type Surface, surfaceOver } from './surface.ts';
export { createTicketi, type Diagnosis, type Ticketi, type TicketiOptions } from './ticketi.ts';
export type {
  CustodyRecord,
  RevocationRecord,
  Ticket,
  TicketReads,
  TicketRecord,
  TicketWrites,
} from './tickets/index.ts';
export type {
  AuditReads,
  AuditRecord,
  AuditWrites,
  OutboxReads,
  OutboxRecord,
  OutboxWrites,
} from './webhooks/index.ts';
