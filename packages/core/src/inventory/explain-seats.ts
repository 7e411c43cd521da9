import type { TicketTypeRecord } from '../events/index.ts';
import { seatsOfCategories, type TypeSeats } from '../seating/index.ts';
import type { Facts } from './explain.ts';
import type { AvailabilityChange } from './explanation.ts';

/** How a seated type's seats limit it. */
interface SeatBound {
  /** The session of which the fewest are free; null: the type admits to none that is to come. */
  readonly id: string | null;
  readonly tickets: number;
  readonly sessions: TypeSeats['sessions'][number][];
  readonly text: string;
  readonly changes: readonly AvailabilityChange[];
}

/** The seats of a type's categories, and what would free some; undefined: it has none. */
export function explainSeats(
  { seated, stands, blocks }: Pick<Facts, 'seated' | 'stands' | 'blocks'>,
  { id, seating }: TicketTypeRecord,
): SeatBound | undefined {
  if (seating === null) return undefined;
  const { categories } = seating;
  const sessionIds = seated.get(id) ?? [];
  const seats = seatsOfCategories(stands, sessionIds, categories);
  if (seats === undefined) {
    const bare = sessionIds.find((sessionId) => !stands.has(sessionId));
    const text = withoutSeats(sessionIds, bare);
    return { id: bare ?? sessionIds[0] ?? null, tickets: 0, sessions: [], text, changes: [] };
  }
  const { tickets, sessions, next } = seats;
  const [tightest] = [...sessions].sort((a, b) => a.free - b.free);
  const { free = 0, held = 0, sold = 0, blocked = 0 } = tightest ?? {};
  const inAll = free + held + sold + blocked;
  const parts = [`${held} held`, `${sold} sold`, ...(blocked > 0 ? [`${blocked} blocked`] : [])];
  const changes: AvailabilityChange[] = [];
  if (next !== null) {
    changes.push({
      kind: 'hold_expires',
      at: next.expiresAt,
      id: next.sessionId,
      units: next.seats,
      text: `The next hold expires at ${next.expiresAt}, which frees ${next.seats} seats.`,
    });
  }
  for (const block of blocks) {
    const { sessionId, state } = block;
    if (state !== 'active' || sessionId === null) continue;
    const own = seatsAside(stands, block, categories);
    if (!sessionIds.includes(sessionId) || own === 0) continue;
    const text = `Releasing the block ${block.id} (${block.reason}) would free ${own} seats.`;
    changes.push({ kind: 'block_release', at: null, id: block.id, units: own, text });
  }
  return {
    id: tightest?.sessionId ?? null,
    tickets,
    sessions: [...sessions],
    text: `Seats of ${categories.join(', ')} limit it, of ${inAll}: ${parts.join(', ')}.`,
    changes,
  };
}

/** Seats of these categories that a block sets aside. */
function seatsAside(
  stands: Facts['stands'],
  { sessionId, seats }: Facts['blocks'][number],
  categories: readonly string[],
): number {
  const house = stands.get(sessionId ?? '')?.house;
  if (house === undefined || seats === null) return 0;
  return seats.filter(({ target }) => {
    const seat = Number(target.slice(target.indexOf(':') + 1));
    return categories.includes(house.categories[house.category[seat] ?? 0] ?? '');
  }).length;
}

function withoutSeats(sessionIds: readonly string[], bare: string | undefined): string {
  if (sessionIds.length === 0) return 'None of its sessions is still to come.';
  if (bare !== undefined) return `The session ${bare} has no seat map.`;
  return 'Its sessions have different seat maps.';
}
