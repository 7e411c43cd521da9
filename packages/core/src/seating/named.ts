import type { ReadContext, Refusal } from '../kernel/index.ts';
import { findSeat } from './house.ts';
import { houseOf } from './houses.ts';
import { noSeatMap, unknownSeat } from './refusals.ts';
import { type SeatingRecord, seatTarget } from './seating.ts';

/** A seat of one session, with what it is claimed on. */
export interface NamedSeat {
  readonly label: string;
  readonly target: string;
}

/** The seats of a session that have these labels. */
export async function seatsNamed(
  context: Pick<ReadContext, 'tx' | 'settings'>,
  sessionId: string,
  seating: SeatingRecord | undefined,
  labels: readonly string[],
): Promise<NamedSeat[] | Refusal<'unknown_seat' | 'no_seat_map'>> {
  if (seating === undefined) return noSeatMap({ sessionId });
  const house = await houseOf(context, seating.seatMapId);
  const seats = labels.map((label) => ({ label, seat: findSeat(house, label) }));
  const unknown = seats.filter(({ seat }) => seat === undefined).map(({ label }) => label);
  if (unknown.length > 0) return unknownSeat({ seats: unknown });
  return seats.flatMap(({ label, seat }) =>
    seat === undefined ? [] : [{ label, target: seatTarget(sessionId, seat) }],
  );
}
