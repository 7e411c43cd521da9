import * as z from 'zod';
import { claimedSessions } from '../../inventory/index.ts';
import { given, isRefusal, notFound, type WriteContext, write } from '../../kernel/index.ts';
import { members } from '../../organizers/index.ts';
import { moveListings } from '../../resale/index.ts';
import { catalogueChanged } from '../catalogue-version.ts';
import { Session, SessionId, type SessionRecord } from '../event.ts';
import { invalidTime } from '../local-time.ts';
import { eventClosed, invalidSession } from '../refusals.ts';
import { sessionResource, ticketTypeResource } from '../resource.ts';
import { DoorsBeforeMinutes, DurationMinutes } from '../series.ts';
import type { Moved } from '../series-moves.ts';
import { ambiguousTimes, notInSeries } from '../series-refusals.ts';
import { isMoved } from '../session-input.ts';

const UpdateSeries = z
  .strictObject({
    sessionId: SessionId.meta({ description: 'Any session of the series.' }),
    scope: z.enum(['this_and_following', 'all']).meta({
      description: 'The session and those after it in the series, or all of the series.',
    }),
    name: z.string().trim().min(1).max(200).nullable().optional(),
    startTime: z
      .string()
      .regex(/^([01]\d|2[0-3]):[0-5]\d$/, { error: 'Expected a time of day, such as 20:00.' })
      .optional()
      .meta({ description: 'Local time of day at which they start.', examples: ['20:00'] }),
    shiftDays: z.int().min(-3660).max(3660).optional().meta({
      description: 'Days by which they move on the calendar; negative: earlier.',
    }),
    durationMinutes: DurationMinutes.optional(),
    doorsBeforeMinutes: DoorsBeforeMinutes.nullable().optional(),
    onAmbiguous: z.enum(['refuse', 'earlier', 'later', 'skip']).default('refuse').meta({
      description:
        'What becomes of a new local time that the clocks show twice or not at all: which reading of it counts, or whether the session stays as it is.',
    }),
  })
  .refine((input) => Object.keys(given(input)).length > 3, {
    error: 'Nothing to change: give a name, startTime, shiftDays, durationMinutes or doors.',
  });

const UpdatedSeries = z
  .object({
    changed: z.array(Session),
    kept: z
      .array(
        z.object({
          sessionId: SessionId,
          why: z.enum(['claimed', 'started', 'cancelled', 'ambiguous_time']),
          poolId: z.string().nullable().meta({
            description:
              'When it is claimed: the first pool through which it is; null: its seats are.',
          }),
          units: z
            .int()
            .nullable()
            .meta({ description: 'What is claimed of this pool, or how many of its seats.' }),
        }),
      )
      .meta({ description: 'Sessions that stay exactly as they were, and why.' }),
  })
  .meta({ id: 'UpdatedSeries' });

export const updateSeries = write({
  name: 'sessions.updateSeries',
  summary:
    'Changes the sessions of a series, or one and all that follow. What is held, sold or blocked keeps its times.',
  input: UpdateSeries,
  output: UpdatedSeries,
  refusals: [eventClosed, notInSeries, ambiguousTimes, invalidTime, invalidSession],
  allow: members(
    'manage_events',
    async ({ tx }, { sessionId }: { sessionId: string }) =>
      (await tx.events.sessions.find(sessionId))?.organizerId,
  ),
  run: async (context, { sessionId, scope, ...moves }) => {
    const { tx, now } = context;
    const named = await tx.events.sessions.find(sessionId);
    if (named === undefined) return notFound({ kind: 'session', id: sessionId });
    const { seriesId, occurrence, eventId } = named;
    const [event] = await tx.events.events.findForUpdate([eventId]);
    if (event === undefined) return notFound({ kind: 'event', id: eventId });
    if (event.state === 'cancelled' || event.state === 'completed') {
      return eventClosed({ eventId, state: event.state });
    }
    const series = seriesId === null ? undefined : await tx.events.series.find(seriesId);
    if (series === undefined || occurrence === null) return notInSeries({ sessionId });

    const all = await tx.events.sessions.ofSeries(eventId, series.id);
    const meant = all.filter(
      (own) => scope === 'all' || (own.occurrence !== null && own.occurrence >= occurrence),
    );
    const sessions = await tx.events.sessions.findForUpdate(meant.map(({ id }) => id));
    const { movesTimes, moveSessions, later } = await import('../series-moves.ts');
    // Last of all locks: the seatings, and the counters of every pool through which one of them may be claimed.
    const claimed = movesTimes(moves)
      ? await claimedSessions(
          context,
          eventId,
          sessions.map(({ id }) => id),
        )
      : new Map();
    const moved = moveSessions(inOrder(sessions), moves, {
      timezone: event.timezone,
      exact: series.durationMinutes !== null,
      claimed,
      now,
    });
    if (isRefusal(moved)) return moved;
    await tx.events.sessions.reschedule(
      eventId,
      moved.changed.map(({ next }) => next),
    );
    announce(context, moved);
    // Seldom any: a session that a ticket admits to is claimed, but for seats of one added later.
    if (moved.changed.some(({ was, next }) => isMoved(was, next))) {
      await moveListings(context, eventId);
    }
    await moveSales(context, eventId, event.currency, moved, later);
    return {
      changed: moved.changed.map(({ next }) => sessionResource(next)),
      kept: moved.kept.map((own) => ({ poolId: null, units: null, ...own })),
    };
  },
});

/** By the local time that their rule gave them. */
function inOrder(sessions: readonly SessionRecord[]): SessionRecord[] {
  const key = ({ occurrence, id }: SessionRecord) => `${occurrence} ${id}`;
  return [...sessions].sort((a, b) => (key(a) < key(b) ? -1 : 1));
}

function announce({ emit }: WriteContext, { changed }: Moved): void {
  for (const { next } of changed) {
    emit({
      type: 'session.updated',
      organizerId: next.organizerId,
      eventId: next.eventId,
      subject: next.id,
      data: sessionResource(next),
    });
  }
}

/** The sale of a ticket type for one session alone ends as much earlier or later as that starts. */
async function moveSales(
  context: WriteContext,
  eventId: string,
  currency: string,
  { changed }: Moved,
  later: (instant: string, millis: number) => string,
): Promise<void> {
  const { tx, emit } = context;
  const by = new Map(
    changed.map(({ was, next }) => [was.id, Date.parse(next.startsAt) - Date.parse(was.startsAt)]),
  );
  const types = (await tx.events.ticketTypes.ofEvent(eventId)).flatMap((type) => {
    const [only, ...more] = type.sessionIds ?? [];
    const millis = only === undefined || more.length > 0 ? 0 : (by.get(only) ?? 0);
    if (type.saleUntil === null || millis === 0) return [];
    return [{ ...type, saleUntil: later(type.saleUntil, millis) }];
  });
  await tx.events.ticketTypes.moveSales(eventId, types);
  if (types.length > 0) await catalogueChanged(context, eventId);
  for (const type of types) {
    emit({
      type: 'ticket_type.updated',
      organizerId: type.organizerId,
      eventId,
      subject: type.id,
      data: ticketTypeResource({ ...type, revision: type.revision + 1 }, currency),
    });
  }
}
