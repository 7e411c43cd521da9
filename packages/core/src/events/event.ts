import * as z from 'zod';
import { Currency, Instant, idOf } from '../kernel/index.ts';
import type { PricePolicy } from '../pricing/index.ts';

export const EventId = idOf('evt');
export const SessionId = idOf('ses');

export const EventState = z
  .enum(['draft', 'published', 'postponed', 'completed', 'cancelled'])
  .meta({ id: 'EventState' });
export type EventState = z.output<typeof EventState>;

export const Visibility = z.enum(['public', 'unlisted', 'private']).meta({
  id: 'Visibility',
  description: '`public` is listed; `unlisted` opens to who has its id; `private` to members only.',
});

/** Tickets of the whole event, whatever their types. */
export const EventLimit = z.int().min(1).max(1_000_000).nullable();

export const Session = z
  .object({
    id: SessionId,
    name: z.string().nullable(),
    startsAt: Instant,
    endsAt: Instant,
    doorsAt: Instant.nullable(),
    state: z.enum(['scheduled', 'cancelled']),
    seriesId: idOf('ser').nullable().meta({ description: 'The series that it was made with.' }),
    occurrence: z.string().nullable().meta({
      description: 'The local time that the rule of its series gave it, wherever it was moved.',
    }),
  })
  .meta({ id: 'Session', description: 'One date of an event.' });

export interface SessionRecord {
  readonly id: string;
  readonly organizerId: string;
  readonly eventId: string;
  readonly name: string | null;
  readonly startsAt: string;
  readonly endsAt: string;
  readonly doorsAt: string | null;
  readonly state: 'scheduled' | 'cancelled';
  readonly seriesId: string | null;
  /** Local time as text: what its rule gave it. Null with `seriesId`. */
  readonly occurrence: string | null;
  readonly revision: number;
}

export const Event = z
  .object({
    id: EventId,
    organizerId: idOf('org'),
    slug: z.string(),
    name: z.string(),
    description: z.string(),
    category: z.string().nullable(),
    tags: z.array(z.string()),
    venue: z.string().nullable(),
    timezone: z.string().meta({ description: 'IANA time zone.', examples: ['Europe/Berlin'] }),
    currency: Currency,
    visibility: Visibility,
    maxPerOrder: EventLimit.meta({ description: 'Tickets in one order; null: no limit.' }),
    maxPerBuyer: EventLimit.meta({
      description: 'Tickets that one buyer may have in all; null: no limit.',
    }),
    state: EventState,
    sessions: z.array(Session),
    createdAt: Instant,
    publishedAt: Instant.nullable(),
    cancelledAt: Instant.nullable(),
    cancelReason: z.string().nullable(),
    revision: z.int(),
  })
  .meta({ id: 'Event', description: 'An event with its dates.' });
export type Event = z.output<typeof Event>;

interface EventFacts {
  readonly id: string;
  readonly organizerId: string;
  readonly slug: string;
  readonly name: string;
  readonly description: string;
  readonly category: string | null;
  readonly tags: readonly string[];
  readonly venue: string | null;
  readonly timezone: string;
  readonly currency: string;
  readonly visibility: z.output<typeof Visibility>;
  readonly maxPerOrder: number | null;
  readonly maxPerBuyer: number | null;
  readonly pricePolicy: PricePolicy;
  /** Another one after each change of what is sold and at what price. */
  readonly catalogueVersion: string;
  /**
   * The ticket types that somebody waits for: as long as there are any, what is free of
   * them is the waitlist's first. Changes under the lock of the event alone.
   */
  readonly waited: readonly string[];
  readonly createdAt: string;
  readonly revision: number;
}

export type EventRecord = EventFacts &
  (
    | {
        readonly state: 'draft';
        readonly publishedAt: null;
        readonly cancelledAt: null;
        readonly cancelReason: null;
      }
    | {
        readonly state: 'published' | 'postponed' | 'completed';
        readonly publishedAt: string;
        readonly cancelledAt: null;
        readonly cancelReason: null;
      }
    | {
        readonly state: 'cancelled';
        readonly publishedAt: string | null;
        readonly cancelledAt: string;
        readonly cancelReason: string | null;
      }
  );
