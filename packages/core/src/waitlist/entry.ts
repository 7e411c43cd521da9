import * as z from 'zod';
import { Instant, idOf } from '../kernel/index.ts';
import { WaitlistOffer } from './offer.ts';

export const EntryId = idOf('wle');

export const EntryState = z
  .enum(['waiting', 'offered', 'accepted', 'ended'])
  .meta({ description: '`accepted`: its offer became an order.' });

const Ending = z.enum(['left', 'removed', 'missed', 'limit', 'cancelled', 'over']);
type Ending = z.output<typeof Ending>;

export const WaitlistEntry = z
  .object({
    id: EntryId,
    eventId: idOf('evt'),
    userId: z.string().nullable().meta({ description: 'The signed-in user; null: a guest.' }),
    name: z.string(),
    email: z.string(),
    ticketTypeIds: z
      .array(idOf('typ'))
      .meta({ description: 'Any of these, the most wanted first.' }),
    quantity: z.int(),
    minQuantity: z.int().meta({
      description: 'The fewest that it takes; as `quantity`: all or nothing.',
    }),
    priority: z.int().meta({ description: 'Higher ones come first; then who joined first.' }),
    state: EntryState,
    endedFor: Ending.nullable().meta({
      description:
        'Why it ended: the person `left`, a member `removed` it, offers were `missed`, what they have already is their `limit`, the event was `cancelled` or is `over`.',
    }),
    position: z.object({ number: z.int(), ticketsBefore: z.int() }).nullable().meta({
      description:
        'Where it stands now among those who wait for one of its types, and the tickets that they ask for before it. No promise: others may leave, or get another priority. Null in lists and where it does not wait.',
    }),
    offer: WaitlistOffer.nullable().meta({ description: 'The offer that stands; null: none.' }),
    joinedAt: Instant,
    accessToken: z.string().nullable().meta({
      description:
        'What a guest shows to see and to leave their entry; null for signed-in users, who show themselves.',
    }),
  })
  .meta({ id: 'WaitlistEntry', description: 'Somebody who waits for tickets of an event.' });
export type WaitlistEntry = z.output<typeof WaitlistEntry>;

interface EntryFacts {
  readonly id: string;
  readonly organizerId: string;
  readonly eventId: string;
  readonly userId: string | null;
  readonly name: string;
  readonly email: string;
  /** Who waits, as limits know them: one waits once at an event. */
  readonly buyerKey: string;
  readonly ticketTypeIds: readonly string[];
  readonly quantity: number;
  readonly minQuantity: number;
  readonly priority: number;
  /** Sorts entries of an event in the order in which they are served (`placeOf`). */
  readonly place: string;
  /** Offers that it let pass. */
  readonly misses: number;
  readonly joinedAt: string;
  readonly revision: number;
}

export type WaitlistEntryRecord = EntryFacts &
  (
    | { readonly state: 'waiting' | 'offered' | 'accepted'; readonly endedFor: null }
    | { readonly state: 'ended'; readonly endedFor: Ending }
  );

/** A type that somebody waits for now. An entry has these as long as it waits. */
export interface WaitlistWishRecord {
  readonly entryId: string;
  readonly organizerId: string;
  readonly eventId: string;
  readonly ticketTypeId: string;
  readonly quantity: number;
  readonly minQuantity: number;
}

const HIGHEST = 1000;

/** The order of a list as text that sorts: higher priorities first, then who has waited longest. */
export function placeOf(priority: number, since: string, id: string): string {
  return `${String(HIGHEST - priority).padStart(4, '0')} ${since} ${id}`;
}

/** Since when an entry waits where it stands: since it joined, or missed its last offer. */
export function waitingSince({ place }: Pick<WaitlistEntryRecord, 'place'>): string {
  return place.split(' ')[1] ?? '';
}

export function wishesOf(entry: WaitlistEntryRecord): WaitlistWishRecord[] {
  const { id: entryId, organizerId, eventId, quantity, minQuantity } = entry;
  return entry.ticketTypeIds.map((ticketTypeId) => {
    return { entryId, organizerId, eventId, ticketTypeId, quantity, minQuantity };
  });
}
