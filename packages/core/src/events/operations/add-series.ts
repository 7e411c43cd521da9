import * as z from 'zod';
import { isRefusal, notFound, write } from '../../kernel/index.ts';
import { moveListings } from '../../resale/index.ts';
import { membersOfEvent } from '../access.ts';
import { EventId, Session, SessionId, type SessionRecord } from '../event.ts';
import { invalidTime } from '../local-time.ts';
import { overlapping } from '../overlaps.ts';
import { eventClosed, invalidSession } from '../refusals.ts';
import { seriesResource, sessionResource } from '../resource.ts';
import { readRule, SERIES_LIMIT } from '../rule.ts';
import {
  DoorsBeforeMinutes,
  DurationMinutes,
  LocalDate,
  LocalTime,
  Rule,
  Series,
  type SeriesRecord,
} from '../series.ts';
import { ambiguousTimes, invalidRule, seriesTooLong } from '../series-refusals.ts';
import { fillSessions, SessionContents } from '../session-contents.ts';

/** Records of a session that one call may make, all sessions together. */
const CONTENTS_LIMIT = 5000;

const AddSeries = z
  .strictObject({
    eventId: EventId,
    rule: Rule,
    startsAt: LocalTime.meta({
      description: 'Local time of the first date; the rule has to give it.',
    }),
    endsAt: LocalTime.nullable().default(null).meta({
      description: 'Local end of the first date: every session ends at this time of day.',
    }),
    durationMinutes: DurationMinutes.optional(),
    doorsBeforeMinutes: DoorsBeforeMinutes.nullable().default(null),
    name: z.string().trim().min(1).max(200).nullable().default(null),
    exceptDates: z.array(LocalDate).max(SERIES_LIMIT).default([]).meta({
      description: 'Days, or single starts, that the rule gives and that are left out.',
    }),
    alsoOn: z.array(LocalDate).max(SERIES_LIMIT).default([]).meta({
      description: 'Days (at the time of the first), or starts, besides those that the rule gives.',
    }),
    onAmbiguous: z.enum(['refuse', 'earlier', 'later', 'skip']).default('refuse').meta({
      description:
        'What becomes of a local time that the clocks show twice or not at all: which reading of it counts, or whether its date is left out.',
    }),
    perSession: SessionContents.optional().meta({
      description: 'Pools and ticket types that each session gets for itself.',
    }),
  })
  .refine(({ endsAt, durationMinutes }) => (endsAt === null) !== (durationMinutes === undefined), {
    path: ['endsAt'],
    error: 'Say when the first session ends (endsAt) or how long each lasts (durationMinutes).',
  });

const AddedSeries = z
  .object({
    series: Series,
    sessions: z.array(Session),
    overlapping: z.array(SessionId).meta({
      description: 'Those of the sessions that run at the same time as another one of the event.',
    }),
    skipped: z
      .array(z.object({ time: z.string(), readings: z.array(z.string()) }))
      .meta({ description: 'Local times that were left out because the clocks change then.' }),
  })
  .meta({ id: 'AddedSeries' });

export const addSeries = write({
  name: 'sessions.addSeries',
  summary: 'Adds a series of dates to an event, from a recurrence rule in its local time.',
  input: AddSeries,
  output: AddedSeries,
  refusals: [eventClosed, invalidRule, seriesTooLong, ambiguousTimes, invalidSession, invalidTime],
  allow: membersOfEvent('manage_events'),
  run: async (context, { eventId, perSession, name, ...asked }) => {
    const { tx, ids, now, emit } = context;
    const rule = readRule(asked.rule);
    if (isRefusal(rule)) return rule;
    const [event] = await tx.events.events.findForUpdate([eventId]);
    if (event === undefined) return notFound({ kind: 'event', id: eventId });
    if (event.state === 'cancelled' || event.state === 'completed') {
      return eventClosed({ eventId, state: event.state });
    }
    // The library and Temporal are loaded when somebody makes a series, not when the SDK starts.
    const { planSeries } = await import('../series-times.ts');
    const plan = planSeries({ ...asked, rule }, event.timezone);
    if (isRefusal(plan)) return plan;
    const { pools = [], ticketTypes = [] } = perSession ?? {};
    if (plan.sessions.length * Math.max(pools.length, ticketTypes.length) > CONTENTS_LIMIT) {
      return seriesTooLong({
        rule: rule.text,
        limit: Math.floor(CONTENTS_LIMIT / Math.max(pools.length, ticketTypes.length)),
      });
    }

    const { organizerId } = event;
    const others = await tx.events.sessions.ofEvents([eventId]);
    const series: SeriesRecord = {
      id: ids.next('ser'),
      organizerId,
      eventId,
      rule: rule.text,
      startsAt: asked.startsAt,
      endsAt: asked.endsAt,
      durationMinutes: asked.durationMinutes ?? null,
      exceptDates: asked.exceptDates,
      alsoOn: asked.alsoOn,
      createdAt: now,
    };
    const sessions = plan.sessions.map(
      (times): SessionRecord => ({
        ...times,
        id: ids.next('ses'),
        organizerId,
        eventId,
        name,
        state: 'scheduled',
        seriesId: series.id,
        revision: 1,
      }),
    );
    await tx.events.series.insert([series]);
    await tx.events.sessions.insert(sessions);
    await moveListings(context, eventId);
    for (const session of sessions) {
      const data = sessionResource(session);
      emit({ type: 'session.added', organizerId, eventId, subject: session.id, data });
    }
    if (perSession !== undefined) await fillSessions(context, event, sessions, perSession);
    return {
      series: seriesResource(series, event.timezone),
      sessions: sessions.map(sessionResource),
      overlapping: overlapping(sessions, others),
      skipped: plan.skipped.map(({ time, readings }) => ({ time, readings: [...readings] })),
    };
  },
});
