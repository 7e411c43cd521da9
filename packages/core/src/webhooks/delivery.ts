import * as z from 'zod';
import { EventId } from '../events/index.ts';
import { Instant, idOf } from '../kernel/index.ts';
import { EndpointId } from './endpoint.ts';

export const DeliveryId = idOf('whd');

/** What went wrong with an attempt. */
export const DeliveryError = z.enum([
  'status',
  'redirect',
  'timeout',
  'connection',
  'unknown_host',
  'address_not_allowed',
  'endpoint_disabled',
  'interrupted',
  'wrong_secret',
]);
export type DeliveryError = z.output<typeof DeliveryError>;

export const Delivery = z
  .object({
    id: DeliveryId,
    endpointId: EndpointId,
    outboxId: idOf('obx').meta({ description: 'The fact; the `webhook-id` of each attempt.' }),
    eventId: EventId.nullable(),
    type: z.string(),
    state: z.enum(['pending', 'delivered', 'exhausted']),
    attempts: z.int(),
    nextAttemptAt: Instant.nullable(),
    attemptedAt: Instant.nullable().meta({ description: 'When it was last tried.' }),
    status: z.int().nullable().meta({ description: 'The HTTP status that was answered last.' }),
    error: DeliveryError.nullable().meta({
      description:
        '`status`: another answer than 2xx. `redirect`: 3xx, which is not followed. `wrong_secret`: nothing was sent, as the secret that seals the endpoint’s is not there.',
    }),
    response: z
      .string()
      .nullable()
      .meta({ description: 'The beginning of what was answered last, at most 1 kB.' }),
    milliseconds: z.int().nullable().meta({ description: 'How long the last attempt took.' }),
    createdAt: Instant,
  })
  .meta({ id: 'WebhookDelivery', description: 'One fact on its way to one endpoint.' });

export interface DeliveryRecord {
  readonly id: string;
  readonly organizerId: string;
  readonly eventId: string | null;
  readonly endpointId: string;
  readonly outboxId: string;
  readonly sequence: number;
  readonly type: string;
  readonly state: 'pending' | 'delivered' | 'exhausted';
  readonly attempts: number;
  /** Set while it is pending. */
  readonly nextAttemptAt: string | null;
  readonly attemptedAt: string | null;
  readonly status: number | null;
  readonly error: string | null;
  readonly response: string | null;
  readonly milliseconds: number | null;
  readonly createdAt: string;
  readonly revision: number;
}

export function deliveryResource(delivery: DeliveryRecord): z.output<typeof Delivery> {
  const {
    organizerId: _organizerId,
    sequence: _sequence,
    revision: _revision,
    ...shown
  } = delivery;
  return { ...shown, error: shown.error === null ? null : DeliveryError.parse(shown.error) };
}
