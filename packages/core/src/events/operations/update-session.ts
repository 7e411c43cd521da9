import * as z from 'zod';
import { isRefusal, notFound, write } from '../../kernel/index.ts';
import { members } from '../../organizers/index.ts';
import { moveListings } from '../../resale/index.ts';
import { Session, SessionId } from '../event.ts';
import { ambiguousTime, invalidTime, TimeInput } from '../local-time.ts';
import { eventClosed, invalidSession } from '../refusals.ts';
import { sessionResource } from '../resource.ts';
import { isMoved, sessionTimes } from '../session-input.ts';

export const updateSession = write({
  name: 'sessions.update',
  summary: 'Changes what is given of a session.',
  input: z.strictObject({
    sessionId: SessionId,
    name: z.string().trim().min(1).max(200).nullable().optional(),
    startsAt: TimeInput.optional(),
    endsAt: TimeInput.optional(),
    doorsAt: TimeInput.nullable().optional(),
  }),
  output: Session,
  refusals: [eventClosed, invalidSession, invalidTime, ambiguousTime],
  allow: members(
    'manage_events',
    async ({ tx }, { sessionId }: { sessionId: string }) =>
      (await tx.events.sessions.find(sessionId))?.organizerId,
  ),
  run: async (context, { sessionId, ...changes }) => {
    const { tx, emit } = context;
    const named = await tx.events.sessions.find(sessionId);
    if (named === undefined) return notFound({ kind: 'session', id: sessionId });
    // Who lists a ticket shares the event, so that no listing goes by the times of before.
    const [event] = await tx.events.events.findForUpdate([named.eventId]);
    if (event === undefined) return notFound({ kind: 'event', id: named.eventId });
    const [was = named] = await tx.events.sessions.findForUpdate([sessionId]);
    if (event.state === 'cancelled' || event.state === 'completed') {
      return eventClosed({ eventId: event.id, state: event.state });
    }
    const times = await sessionTimes(
      {
        startsAt: changes.startsAt ?? was.startsAt,
        endsAt: changes.endsAt ?? was.endsAt,
        doorsAt: changes.doorsAt === undefined ? was.doorsAt : changes.doorsAt,
      },
      event.timezone,
    );
    if (isRefusal(times)) return times;
    const next = { ...was, ...times, name: changes.name === undefined ? was.name : changes.name };
    await tx.events.sessions.save(next, was);
    if (isMoved(was, next)) await moveListings(context, was.eventId);
    const updated = sessionResource(next);
    emit({
      type: 'session.updated',
      organizerId: was.organizerId,
      eventId: was.eventId,
      subject: sessionId,
      data: updated,
    });
    return updated;
  },
});
