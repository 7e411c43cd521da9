import { isRefusal, notFound, write } from '../../kernel/index.ts';
import { moveListings } from '../../resale/index.ts';
import { membersOfEvent } from '../access.ts';
import { EventId, Session } from '../event.ts';
import { ambiguousTime, invalidTime } from '../local-time.ts';
import { eventClosed, invalidSession } from '../refusals.ts';
import { sessionResource } from '../resource.ts';
import { newSession, SessionInput } from '../session-input.ts';

export const addSession = write({
  name: 'sessions.add',
  summary: 'Adds a date to an event.',
  input: SessionInput.extend({ eventId: EventId }),
  output: Session,
  refusals: [eventClosed, invalidSession, invalidTime, ambiguousTime],
  allow: membersOfEvent('manage_events'),
  run: async (context, { eventId, ...input }) => {
    const { tx, ids, emit } = context;
    const [event] = await tx.events.events.findForUpdate([eventId]);
    if (event === undefined) return notFound({ kind: 'event', id: eventId });
    if (event.state === 'cancelled' || event.state === 'completed') {
      return eventClosed({ eventId, state: event.state });
    }
    const session = await newSession(ids, event, input);
    if (isRefusal(session)) return session;
    await tx.events.sessions.insert([session]);
    await moveListings(context, eventId);
    const added = sessionResource(session);
    emit({
      type: 'session.added',
      organizerId: event.organizerId,
      eventId,
      subject: session.id,
      data: added,
    });
    return added;
  },
});
