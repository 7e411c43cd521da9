import { seatedSessions } from '../inventory/index.ts';
import type { ReadContext } from '../kernel/index.ts';
import { houseOf } from '../seating/index.ts';
import type { SessionRecord } from './event.ts';
import type { PublishProblem } from './refusals.ts';
import type { TicketTypeRecord } from './ticket-type.ts';

/** Sessions that a message names. */
const NAMED = 3;

/** Why nobody could have seats of some ticket types: no map, different ones, or other categories. */
export async function seatProblems(
  context: Pick<ReadContext, 'tx' | 'settings' | 'now'>,
  sessions: readonly SessionRecord[],
  ticketTypes: readonly TicketTypeRecord[],
): Promise<PublishProblem[]> {
  const problems: PublishProblem[] = [];
  const seated = ticketTypes.filter(({ seating }) => seating !== null);
  if (seated.length === 0) return problems;
  const seatings = await context.tx.seating.seatings.findMany(sessions.map(({ id }) => id));
  const mapOf = new Map(seatings.map(({ id, seatMapId }) => [id, seatMapId]));
  for (const type of seated) {
    const own = seatedSessions(type, sessions, context.now);
    const without = own.filter((id) => !mapOf.has(id));
    const maps = new Set(own.flatMap((id) => mapOf.get(id) ?? []));
    if (without.length > 0) {
      const more = without.length > NAMED ? ` and ${without.length - NAMED} more` : '';
      const named = without.slice(0, NAMED).join(', ') + more;
      const message = `The ticket type ${type.name} sells seats, but ${named} has no seat map.`;
      problems.push({ code: 'no_seat_map', message });
    }
    if (maps.size > 1) {
      const message = `The ticket type ${type.name} gives one seat in sessions of different seat maps.`;
      problems.push({ code: 'different_seat_maps', message });
    }
    for (const seatMapId of maps) {
      const { categories } = await houseOf(context, seatMapId);
      const unknown = type.seating?.categories.filter((key) => !categories.includes(key)) ?? [];
      if (unknown.length === 0) continue;
      const message = `The ticket type ${type.name} sells seats of ${unknown.join(', ')}, which the seat map ${seatMapId} does not have.`;
      problems.push({ code: 'no_such_category', message });
    }
  }
  return problems;
}
