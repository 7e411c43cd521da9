import * as z from 'zod';
import type { SessionRecord, TicketTypeRecord } from '../events/index.ts';
import { type HoldRecord, isOver } from '../inventory/index.ts';
import { Instant, idOf, plusMinutes, unreachable } from '../kernel/index.ts';
import type { WaitlistTerms } from './policy.ts';

export const OfferId = idOf('wlo');

export const WaitlistOffer = z
  .object({
    id: OfferId,
    entryId: idOf('wle'),
    eventId: idOf('evt'),
    ticketTypeId: idOf('typ'),
    quantity: z.int(),
    state: z.enum(['open', 'accepted', 'declined', 'expired', 'withdrawn']),
    expiresAt: Instant,
    claimedAt: Instant.nullable().meta({ description: 'When its code was used; once at most.' }),
    holdId: idOf('hld').nullable().meta({ description: 'Its places; null until it is claimed.' }),
    createdAt: Instant,
  })
  .meta({ id: 'WaitlistOffer', description: 'Places that are kept for somebody who waited.' });
export type WaitlistOffer = z.output<typeof WaitlistOffer>;

/**
 * An offer. `open` is what was last written: what became of its hold since is what it
 * is (`outcomeOf`), so an offer is accepted and expires without any worker.
 */
export interface WaitlistOfferRecord {
  readonly id: string;
  readonly organizerId: string;
  readonly eventId: string;
  readonly entryId: string;
  readonly holdId: string;
  readonly ticketTypeId: string;
  readonly quantity: number;
  readonly state: WaitlistOffer['state'];
  readonly claimedAt: string | null;
  readonly createdAt: string;
  readonly revision: number;
}

/** What an offer has come to, by its hold: ordered, given back, or expired. */
export function outcomeOf(
  { state }: Pick<WaitlistOfferRecord, 'state'>,
  hold: HoldRecord | undefined,
  now: Instant,
): WaitlistOfferRecord['state'] {
  if (state !== 'open' || hold === undefined) return state;
  switch (hold.state) {
    case 'ordered':
      return 'accepted';
    case 'released':
      return 'declined';
    case 'active':
      return isOver(hold, now) ? 'expired' : 'open';
    default:
      return unreachable(hold.state);
  }
}

/** Until when an offer of a type stands; undefined: its last session has begun. */
export function offerUntil(
  { offerMinutes }: WaitlistTerms,
  type: TicketTypeRecord,
  {
    sessions,
    ticketTypes,
    now,
  }: {
    readonly sessions: readonly SessionRecord[];
    readonly ticketTypes: ReadonlyMap<string, TicketTypeRecord>;
    readonly now: Instant;
  },
): Instant | undefined {
  const parts = type.terms.parts?.flatMap(
    ({ ticketTypeId }) => ticketTypes.get(ticketTypeId) ?? [],
  );
  const isIts = ({ id }: SessionRecord) =>
    (parts ?? [type]).some(({ sessionIds }) => sessionIds?.includes(id) ?? true);
  const starts = sessions
    .filter((session) => session.state === 'scheduled' && session.startsAt > now && isIts(session))
    .map(({ startsAt }) => startsAt);
  if (starts.length === 0) return undefined;
  const [first] = [plusMinutes(now, offerMinutes), ...starts].sort();
  return first;
}
