import * as z from 'zod';
import { EventId, membersOfEvent } from '../../events/index.ts';
import {
  Amount,
  Currency,
  Instant,
  InstantInput,
  idOf,
  notFound,
  type ReadContext,
  read,
} from '../../kernel/index.ts';
import { medianOf } from '../median.ts';
import type { CountedListing } from '../store.ts';

const figures = {
  listed: z.int().meta({ description: 'All listings, one for each ticket.' }),
  open: z.int().meta({ description: 'For sale now, reserved ones included.' }),
  sold: z.int(),
  withdrawn: z.int(),
  expired: z.int(),
  invalidated: z.int(),
  medianAsk: Amount.nullable().meta({
    description: 'The middle price asked; of an even number the lower of the two. Null: none.',
  }),
  medianAskPaid: Amount.nullable().meta({
    description: 'The middle of what their sellers had paid.',
  }),
  medianSold: Amount.nullable().meta({ description: 'The middle price of those sold.' }),
  medianSoldPaid: Amount.nullable().meta({
    description: 'The middle of what the sellers of those sold had paid.',
  }),
};

const ResaleStatistics = z
  .object({
    eventId: EventId,
    currency: Currency,
    from: Instant.nullable(),
    until: Instant.nullable(),
    ...figures,
    ticketTypes: z.array(z.object({ ticketTypeId: idOf('typ'), ...figures })),
    days: z
      .array(z.object({ day: z.string(), listed: z.int(), sold: z.int() }))
      .meta({ description: 'By day in UTC: what was listed, and what was sold, on it.' }),
  })
  .meta({ id: 'ResaleStatistics', description: 'How the tickets of an event are resold.' });

/** Listings at a time. */
const PAGE = 5000;

export const getResaleStatistics = read({
  name: 'resale.statistics',
  summary:
    'How the tickets of an event are resold: how many, at what middle price against what was paid, by ticket type and by day.',
  input: z.strictObject({
    eventId: EventId,
    from: InstantInput.optional().meta({ description: 'Only what was listed from then on.' }),
    until: InstantInput.optional().meta({ description: 'Only what was listed before.' }),
  }),
  output: ResaleStatistics,
  allow: membersOfEvent('see_money'),
  run: async (context, { eventId, from, until }) => {
    const event = await context.tx.events.events.find(eventId);
    if (event === undefined) return notFound({ kind: 'event', id: eventId });
    const listings = (await all(context, eventId)).filter(
      ({ createdAt }) =>
        (from === undefined || from <= createdAt) && (until === undefined || createdAt < until),
    );
    const byType = Map.groupBy(listings, ({ ticketTypeId }) => ticketTypeId);
    const { now } = context;
    return {
      eventId,
      currency: event.currency,
      from: from ?? null,
      until: until ?? null,
      ...figuresOf(listings, now),
      ticketTypes: [...byType]
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([ticketTypeId, own]) => ({ ticketTypeId, ...figuresOf(own, now) })),
      days: daysOf(listings),
    };
  },
});

async function all({ tx }: ReadContext, eventId: string): Promise<CountedListing[]> {
  const listings: CountedListing[] = [];
  let page: CountedListing[];
  do {
    page = await tx.resale.listings.counted(eventId, listings.at(-1)?.id ?? '', PAGE);
    listings.push(...page);
  } while (page.length === PAGE);
  return listings;
}

function figuresOf(listings: readonly CountedListing[], now: string) {
  const isOver = (own: CountedListing) => own.state === 'open' && own.expiresAt <= now;
  const count = (state: CountedListing['state']) =>
    listings.filter((own) => own.state === state && !isOver(own)).length;
  const sold = listings.filter(({ state }) => state === 'sold');
  return {
    listed: listings.length,
    open: count('open'),
    sold: sold.length,
    withdrawn: count('withdrawn'),
    expired: count('expired') + listings.filter(isOver).length,
    invalidated: count('invalidated'),
    medianAsk: medianOf(listings.map(({ price }) => price)),
    medianAskPaid: medianOf(listings.map(({ paid }) => paid)),
    medianSold: medianOf(sold.map(({ price }) => price)),
    medianSoldPaid: medianOf(sold.map(({ paid }) => paid)),
  };
}

function daysOf(listings: readonly CountedListing[]) {
  const days = new Map<string, { listed: number; sold: number }>();
  const on = (instant: string) => {
    const day = instant.slice(0, 10);
    const own = days.get(day) ?? { listed: 0, sold: 0 };
    days.set(day, own);
    return own;
  };
  for (const { createdAt, closedAt, state } of listings) {
    on(createdAt).listed += 1;
    if (state === 'sold' && closedAt !== null) on(closedAt).sold += 1;
  }
  return [...days].sort(([a], [b]) => (a < b ? -1 : 1)).map(([day, own]) => ({ day, ...own }));
}
