export {
  type Access,
  anyOf,
  everyone,
  guestHold,
  guestToken,
  signedIn,
  systemOnly,
} from './access.ts';
export { type Actor, actorName, Role, system, unreachable } from './actor.ts';
export { BASE32, base32Text } from './base32.ts';
export { type Clock, systemClock } from './clock.ts';
export type { BatchContext, Command, DomainEvent, ReadContext, WriteContext } from './context.ts';
export { Currency, decimalOf, exponentOf, formatAmount, minorUnitsOf } from './currency.ts';
export {
  CommitUncertain,
  type ErrorKind,
  hasErrorMark,
  type Issue,
  LostRace,
  StorageUnavailable,
  TicketiError,
} from './errors.ts';
export {
  type CallOptions,
  createExecutor,
  type Executor,
  type ExecutorParts,
  type Trace,
} from './executor.ts';
export { given } from './given.ts';
export type { IdempotencyRecord } from './idempotency.ts';
export {
  createIds,
  firstIdAt,
  ID_PREFIXES,
  type IdPrefix,
  type Ids,
  idOf,
} from './ids.ts';
export {
  Instant,
  InstantInput,
  instantFromMillis,
  isStorable,
  millisOf,
  plusMinutes,
  plusSeconds,
} from './instant.ts';
export { createKept } from './kept.ts';
export {
  Amount,
  distribute,
  Halves,
  MAX_AMOUNT,
  Percent,
  portion,
  type Ratio,
  ratio,
  ratioOf,
  SignedPercent,
  sumOf,
  times,
  toStep,
} from './money.ts';
export {
  type AnyOperation,
  type AnyRefusalType,
  batchedWrite,
  type Operation,
  read,
  workflow,
  write,
} from './operation.ts';
export {
  invalidCursor,
  type Page,
  type PageRequest,
  pageFrom,
  pageInput,
  pageOf,
  pageRequest,
} from './page.ts';
export { parseInput, storableText } from './parse.ts';
export {
  busy,
  errorOf,
  idempotencyInProgress,
  idempotencyKeyReused,
  isRefusal,
  notAllowed,
  notFound,
  notInTransaction,
  Refusal,
  refusal,
  unauthenticated,
} from './refusal.ts';
export { createSecrets, generateSecret, type Secrets, secretFromText } from './secrets.ts';
export { defaultSettings, type Settings, type WebhookRules } from './settings.ts';
export type {
  EventOf,
  InsertStore,
  ReadStore,
  Revised,
  Scope,
  Walk,
  WriteStore,
} from './store.ts';
export { idBytes, idFromBytes } from './typeid.ts';
export type { WorkflowContext } from './workflow.ts';
