import type { Instant, Refusal } from '../kernel/index.ts';
import type { EventRecord, SessionRecord } from './event.ts';
import { notPublishable, type PublishProblem, wrongEventState } from './refusals.ts';
import type { TicketTypeRecord } from './ticket-type.ts';

/** draft -> published, when nothing is missing that a buyer would trip over. */
export function publishEvent(
  event: EventRecord,
  catalogue: { sessions: readonly SessionRecord[]; ticketTypes: readonly TicketTypeRecord[] },
  now: Instant,
  /** What keeps its seats from being sold, or its prices from being taxed. */
  more: readonly PublishProblem[] = [],
): EventRecord | Refusal<'wrong_event_state' | 'not_publishable'> {
  if (event.state !== 'draft') {
    return wrongEventState({ eventId: event.id, state: event.state, needs: ['draft'] });
  }
  const problems = [...publishProblems(catalogue, now), ...more];
  if (problems.length > 0) return notPublishable({ problems });
  return { ...event, state: 'published', publishedAt: now };
}

/** Everything that stands between an event and its buyers, at once. */
function publishProblems(
  {
    sessions,
    ticketTypes,
  }: { sessions: readonly SessionRecord[]; ticketTypes: readonly TicketTypeRecord[] },
  now: Instant,
): PublishProblem[] {
  const problems: PublishProblem[] = [];
  if (sessions.length === 0) {
    problems.push({ code: 'no_session', message: 'It has no session (date).' });
  } else if (sessions.every((session) => session.endsAt <= now)) {
    problems.push({ code: 'all_sessions_past', message: 'All of its sessions are over.' });
  }
  if (ticketTypes.length === 0) {
    problems.push({ code: 'no_ticket_type', message: 'It has no ticket type.' });
  } else if (ticketTypes.every((type) => neverOnSale(type, now))) {
    problems.push({ code: 'never_on_sale', message: 'None of its ticket types is ever on sale.' });
  }
  for (const type of ticketTypes.filter(lacksPlaces)) {
    problems.push({ code: 'no_pool', message: `The ticket type ${type.name} draws on no pool.` });
  }
  return problems;
}

function lacksPlaces({ draws, seating, terms }: TicketTypeRecord): boolean {
  const needsPlaces = terms.kind === 'ticket' && terms.parts === null;
  return needsPlaces && draws.length === 0 && seating === null;
}

function neverOnSale(type: TicketTypeRecord, now: Instant): boolean {
  return type.state === 'off_sale' || (type.saleUntil !== null && type.saleUntil <= now);
}

/** Any state but completed and cancelled -> cancelled. */
export function cancelEvent(
  event: EventRecord,
  reason: string | null,
  now: Instant,
): EventRecord | Refusal<'wrong_event_state'> {
  if (event.state === 'cancelled' || event.state === 'completed') {
    return wrongEventState({
      eventId: event.id,
      state: event.state,
      needs: ['draft', 'published', 'postponed'],
    });
  }
  return { ...event, state: 'cancelled', cancelledAt: now, cancelReason: reason };
}
