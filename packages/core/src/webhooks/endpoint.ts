import * as z from 'zod';
import { Instant, idOf } from '../kernel/index.ts';
import { OrganizerId } from '../organizers/index.ts';

export const EndpointId = idOf('whe');

export const WebhookEndpoint = z
  .object({
    id: EndpointId,
    organizerId: OrganizerId,
    url: z.string(),
    types: z
      .array(z.string())
      .nullable()
      .meta({ description: 'The types of facts that it gets; null: all of them.' }),
    ordered: z.boolean().meta({
      description:
        'Whether facts of one event go one after another. Without it all go side by side, faster.',
    }),
    description: z.string().nullable(),
    state: z.enum(['enabled', 'disabled', 'removed']),
    disabledReason: z
      .enum(['by_member', 'gone', 'failing'])
      .nullable()
      .meta({ description: '`gone`: it answered 410. `failing`: nothing arrived for five days.' }),
    secretExpiresAt: Instant.nullable().meta({
      description: 'Until when the secret before this one signs as well; null: there is none.',
    }),
    createdAt: Instant,
    revision: z.int(),
  })
  .meta({ id: 'WebhookEndpoint', description: 'An address to which facts of an organizer go.' });
export type WebhookEndpoint = z.output<typeof WebhookEndpoint>;

export interface EndpointRecord {
  readonly id: string;
  readonly organizerId: string;
  readonly url: string;
  readonly types: readonly string[] | null;
  readonly ordered: boolean;
  readonly description: string | null;
  readonly state: 'enabled' | 'disabled' | 'removed';
  readonly disabledReason: 'by_member' | 'gone' | 'failing' | null;
  /** Sealed with the installation's secret. */
  readonly secret: string;
  /** The one before, sealed, and until when it signs as well. */
  readonly previousSecret: string | null;
  readonly previousUntil: string | null;
  readonly createdAt: string;
  readonly revision: number;
}

/** An endpoint as members see it: without its secrets. */
export function endpointResource(endpoint: EndpointRecord): WebhookEndpoint {
  return {
    id: endpoint.id,
    organizerId: endpoint.organizerId,
    url: endpoint.url,
    types: endpoint.types === null ? null : [...endpoint.types],
    ordered: endpoint.ordered,
    description: endpoint.description,
    state: endpoint.state,
    disabledReason: endpoint.disabledReason,
    secretExpiresAt: endpoint.previousUntil,
    createdAt: endpoint.createdAt,
    revision: endpoint.revision,
  };
}

/** What of an endpoint the sender's work changes, apart from what members change. */
export interface QueueRecord {
  /** The endpoint's id. */
  readonly id: string;
  readonly organizerId: string;
  /** When its next delivery is due; null: none waits. */
  readonly dueAt: string | null;
  /** Until when a worker has it to itself. */
  readonly leasedUntil: string | null;
  /** Since when nothing has arrived; null: the last attempt did. */
  readonly failingSince: string | null;
  /** Nothing is due before this: it did not answer at all. null: it does answer. */
  readonly restingUntil: string | null;
  readonly revision: number;
}
