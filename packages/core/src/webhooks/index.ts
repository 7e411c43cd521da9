export { type EventType, eventTypes, versionOf } from './catalogue.ts';
export type { DeliveryRecord } from './delivery.ts';
export type { EndpointRecord, QueueRecord } from './endpoint.ts';
export { EVENT_TYPES, eventSchema, type TicketiEvent } from './event.ts';
export type {
  AuditReads,
  AuditRecord,
  AuditWrites,
  CursorRecord,
  FailureRecord,
  OutboxReads,
  OutboxRecord,
  OutboxWrites,
} from './outbox.ts';
export { endpointDisabled, tooManyEndpoints, webhookUrlNotAllowed } from './refusals.ts';
export {
  createSender,
  type ResolveHost,
  type WebhookSender,
} from './sender.ts';
export type { WebhookReads, WebhookWrites } from './store.ts';
export {
  createSubscribers,
  type EventHandler,
  type Subscribe,
  type SubscribeOptions,
  type Subscribers,
} from './subscribers.ts';
