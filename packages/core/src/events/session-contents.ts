import * as z from 'zod';
import { openPools, PoolCapacity } from '../inventory/index.ts';
import { Amount, plusMinutes, type WriteContext } from '../kernel/index.ts';
import { plainTerms } from '../pricing/index.ts';
import { catalogueChanged } from './catalogue-version.ts';
import type { EventRecord, SessionRecord } from './event.ts';
import { ticketTypeResource } from './resource.ts';
import { newTicketType, TypeLimit, TypeSeating } from './ticket-type.ts';

const Name = z.string().trim().min(1).max(200);

const SessionTicketType = z.strictObject({
  name: Name,
  description: z.string().max(5000).default(''),
  price: Amount,
  draws: z
    .array(z.strictObject({ pool: Name, units: z.int().min(1).max(1000).default(1) }))
    .min(1)
    .max(10)
    .optional()
    .meta({
      description:
        'Pools of the session by name; left out: one unit of its only pool, or none of a seated type.',
    }),
  seating: TypeSeating.default(null).meta({
    description:
      'The seats that it sells. Each session then needs a seat map before the event is published.',
  }),
  maxPerOrder: z.int().min(1).max(1000).default(10),
  maxPerBuyer: TypeLimit.default(null),
  maxInAll: TypeLimit.default(null),
  saleEndsMinutesBefore: z
    .int()
    .min(-60 * 24 * 366)
    .max(60 * 24 * 366)
    .default(0)
    .meta({
      description: 'When its sale ends, in minutes before the start; negative: after it.',
    }),
});

/** What every session of a series gets for itself. */
export const SessionContents = z
  .strictObject({
    pools: z
      .array(z.strictObject({ name: Name, capacity: PoolCapacity }))
      .max(10)
      .default([]),
    ticketTypes: z.array(SessionTicketType).max(10).default([]),
  })
  .superRefine(({ pools, ticketTypes }, { addIssue }) => {
    const names = new Set(pools.map(({ name }) => name));
    if (names.size < pools.length) {
      addIssue({ code: 'custom', path: ['pools'], message: 'Two pools have the same name.' });
    }
    ticketTypes.forEach(({ draws, seating }, index) => {
      const path = ['ticketTypes', index, 'draws'];
      if (draws === undefined && seating === null && pools.length !== 1) {
        addIssue({ code: 'custom', path, message: 'Say which of the pools it draws on.' });
      }
      for (const { pool } of draws ?? []) {
        if (names.has(pool)) continue;
        addIssue({ code: 'custom', path, message: `No pool of the list is named ${pool}.` });
      }
    });
  });
export type SessionContents = z.output<typeof SessionContents>;

/**
 * Gives each session pools and ticket types of its own, whose names are the same
 * in all of them. The caller has locked the event.
 */
export async function fillSessions(
  context: WriteContext,
  event: EventRecord,
  sessions: readonly SessionRecord[],
  { pools: wanted, ticketTypes }: SessionContents,
): Promise<void> {
  const { tx, ids, emit } = context;
  const pools = await openPools(
    context,
    event,
    sessions.flatMap(({ id: sessionId }) => wanted.map((pool) => ({ ...pool, sessionId }))),
  );
  const poolIds = new Map(pools.map(({ id, sessionId, name }) => [`${sessionId} ${name}`, id]));
  const only = wanted.map(({ name }) => ({ pool: name, units: 1 }));
  const types = sessions.flatMap(({ id: sessionId, startsAt }) =>
    ticketTypes.map(({ draws, saleEndsMinutesBefore, ...facts }) =>
      newTicketType(ids, event, {
        ...facts,
        draws: (draws ?? (facts.seating === null ? only : [])).map(({ pool, units }) => ({
          poolId: poolIds.get(`${sessionId} ${pool}`) ?? '',
          units,
        })),
        sessionIds: [sessionId],
        terms: plainTerms,
        saleFrom: null,
        saleUntil: plusMinutes(startsAt, -saleEndsMinutesBefore),
      }),
    ),
  );
  await tx.events.ticketTypes.insert(types);
  await catalogueChanged(context, event.id);
  for (const type of types) {
    emit({
      type: 'ticket_type.created',
      organizerId: event.organizerId,
      eventId: event.id,
      subject: type.id,
      data: ticketTypeResource(type, event.currency),
    });
  }
}
