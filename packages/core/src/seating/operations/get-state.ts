import * as z from 'zod';
import { maySee, SessionId } from '../../events/index.ts';
import { standing } from '../../inventory/index.ts';
import {
  everyone,
  isRefusal,
  notFound,
  type ReadContext,
  type Refusal,
  read,
} from '../../kernel/index.ts';
import type { House } from '../house.ts';
import { houseOf } from '../houses.ts';
import { noSeatMap } from '../refusals.ts';
import type { SeatingRecord } from '../seating.ts';
import {
  countStates,
  type GeneralAdmission,
  SessionSeats,
  sectionStates,
  statesOf,
} from '../state.ts';

export const getSeatState = read({
  name: 'seatMaps.state',
  summary: 'Which seats of a session are free, held, sold and blocked now: a letter for each seat.',
  input: z.strictObject({ sessionId: SessionId }),
  output: SessionSeats,
  refusals: [noSeatMap],
  allow: everyone,
  run: async (context, { sessionId }) => {
    const found = await liveSeating(context, sessionId);
    if (isRefusal(found)) return found;
    const { seating, house, states, name, general } = found;
    return {
      sessionId,
      eventId: seating.eventId,
      seatMapId: seating.seatMapId,
      name,
      at: context.now,
      counts: countStates(states, 0, house.seats),
      sections: sectionStates(house, states, general),
    };
  },
});

export interface LiveSeating {
  readonly seating: SeatingRecord;
  /** The name of the map. */
  readonly name: string;
  readonly house: House;
  readonly states: Uint8Array;
  readonly general: ReadonlyMap<string, GeneralAdmission>;
}

/** A session's seats as they are now, for whoever may know of its event. */
export async function liveSeating(
  context: ReadContext,
  sessionId: string,
): Promise<LiveSeating | Refusal<'not_found' | 'no_seat_map'>> {
  const { tx, now } = context;
  const session = await tx.events.sessions.find(sessionId);
  const event = session && (await tx.events.events.find(session.eventId));
  if (event === undefined || !(await maySee(context, event))) {
    return notFound({ kind: 'session', id: sessionId });
  }
  const seating = await tx.seating.seatings.find(sessionId);
  const map = seating && (await tx.seating.maps.find(seating.seatMapId));
  if (seating === undefined || map === undefined) return noSeatMap({ sessionId });
  const house = await houseOf(context, map.id);
  const stand = await standing(
    context,
    event.id,
    seating.pools.map(({ poolId }) => poolId),
  );
  return {
    seating,
    name: map.name,
    house,
    states: statesOf(house, await tx.seating.seatGroups(event.id, sessionId, now)),
    general: new Map(
      seating.pools.map(({ section, poolId }) => {
        const capacity = stand.counter(poolId)?.capacity ?? 0;
        return [section, { poolId, capacity, available: stand.available(poolId) ?? capacity }];
      }),
    ),
  };
}
