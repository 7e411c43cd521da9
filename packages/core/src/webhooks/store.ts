import type { Instant, ReadStore, WriteStore } from '../kernel/index.ts';
import type { DeliveryRecord } from './delivery.ts';
import type { EndpointRecord, QueueRecord } from './endpoint.ts';

interface EndpointFilter {
  organizerId?: string | undefined;
  /** In one of these states. */
  states?: readonly EndpointRecord['state'][] | undefined;
}

interface DeliveryFilter {
  organizerId?: string | undefined;
  endpointId?: string | undefined;
  outboxId?: string | undefined;
  state?: DeliveryRecord['state'] | undefined;
}

export interface WebhookReads {
  readonly endpoints: ReadStore<EndpointRecord, EndpointFilter>;
  readonly deliveries: ReadStore<DeliveryRecord, DeliveryFilter>;
}

export interface WebhookWrites {
  readonly endpoints: WriteStore<EndpointRecord, EndpointFilter> & {
    /** The enabled ones of these organizers, by id. */
    enabledOf(organizerIds: readonly string[]): Promise<EndpointRecord[]>;
  };
  readonly queues: WriteStore<QueueRecord, object> & {
    /** Locks those with something due that no worker has, the longest due first; passes over locked ones. */
    claimable(now: Instant, limit: number): Promise<QueueRecord[]>;
  };
  readonly deliveries: WriteStore<DeliveryRecord, DeliveryFilter> & {
    /** Inserts rows; a fact that an endpoint has already is left as it is. Returns how many came to be. */
    enqueue(rows: readonly DeliveryRecord[]): Promise<number>;
    /** The same, but what was delivered or given up is sent again from the start. */
    enqueueAgain(rows: readonly DeliveryRecord[]): Promise<number>;
    /** What is due to an endpoint, the longest due first and then in order. */
    due(endpointId: string, now: Instant, limit: number): Promise<DeliveryRecord[]>;
    /** When the next delivery to an endpoint is due; undefined: none waits. */
    nextDue(endpointId: string): Promise<Instant | undefined>;
    /** Writes how attempts ended, where nobody else has written it: pending, with one attempt less. */
    settle(rows: readonly DeliveryRecord[]): Promise<number>;
    /** Gives up whatever waits for an endpoint. */
    giveUp(endpointId: string, error: string): Promise<void>;
  };
}
