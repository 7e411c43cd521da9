import * as z from 'zod';
import { eventClosed, SessionId, type SessionRecord } from '../../events/index.ts';
import type { CounterRecord, PoolRecord } from '../../inventory/index.ts';
import { notFound, type WriteContext, write } from '../../kernel/index.ts';
import { members } from '../../organizers/index.ts';
import type { House } from '../house.ts';
import { houseOf } from '../houses.ts';
import { seatMapAssigned } from '../refusals.ts';
import { SeatMapId } from '../seat-map.ts';
import { Seating, type SeatingRecord } from '../seating.ts';

export const assignSeatMap = write({
  name: 'seatMaps.assign',
  summary:
    'Gives a session its seats. General admission sections become pools of the session. Until the event is published another map may take its place.',
  input: z.strictObject({ sessionId: SessionId, seatMapId: SeatMapId }),
  output: Seating,
  refusals: [seatMapAssigned, eventClosed],
  allow: members(
    'manage_events',
    async ({ tx }, { sessionId }: { sessionId: string }) =>
      (await tx.events.sessions.find(sessionId))?.organizerId,
  ),
  run: async (context, { sessionId, seatMapId }) => {
    const { tx, emit } = context;
    const session = await tx.events.sessions.find(sessionId);
    if (session === undefined) return notFound({ kind: 'session', id: sessionId });
    // Publishing and blocking seats lock it too: nothing comes to be claimed meanwhile.
    const [event] = await tx.events.events.findForUpdate([session.eventId]);
    if (event === undefined) return notFound({ kind: 'event', id: session.eventId });
    if (event.state === 'cancelled' || event.state === 'completed') {
      return eventClosed({ eventId: event.id, state: event.state });
    }
    const map = await tx.seating.maps.find(seatMapId);
    if (map === undefined || map.organizerId !== session.organizerId) {
      return notFound({ kind: 'seat map', id: seatMapId });
    }
    const [was] = await tx.seating.seatings.findForUpdate([sessionId]);
    const changes = was !== undefined && was.seatMapId !== seatMapId;
    if (changes && (event.publishedAt !== null || (await hasClaims(context, session)))) {
      return seatMapAssigned({ sessionId, seatMapId: was.seatMapId });
    }
    if (was?.seatMapId === seatMapId) return seatingResource(was);

    const house = await houseOf(context, seatMapId);
    const pools = await openPools(context, session, house, was?.pools ?? []);
    const { organizerId, eventId } = session;
    const next: SeatingRecord = {
      id: sessionId,
      organizerId,
      eventId,
      seatMapId,
      pools,
      revision: 1,
    };
    if (was === undefined) await tx.seating.seatings.insert([next]);
    else await tx.seating.seatings.save({ ...next, revision: was.revision }, was);
    const assigned = seatingResource(next);
    emit({ type: 'session.seated', organizerId, eventId, subject: sessionId, data: assigned });
    return assigned;
  },
});

/** Whether seats are set aside: other seats of another map would be. */
async function hasClaims(
  { tx, now }: WriteContext,
  { id, eventId }: SessionRecord,
): Promise<boolean> {
  return (await tx.seating.claimedSeats(eventId, [id], now)).length > 0;
}

/** A pool for each general admission section. One of the same section before is used on. */
async function openPools(
  { tx, ids }: WriteContext,
  { id: sessionId, organizerId, eventId }: SessionRecord,
  house: House,
  before: SeatingRecord['pools'],
): Promise<SeatingRecord['pools']> {
  const general = house.sections.flatMap(({ key, name, general: own }) =>
    own === undefined ? [] : [{ key, name, capacity: own.capacity }],
  );
  const fresh: PoolRecord[] = [];
  const counters: CounterRecord[] = [];
  const pools: { section: string; poolId: string }[] = [];
  for (const { key, name, capacity } of general) {
    const known = before.find(({ section }) => section === key);
    if (known !== undefined) {
      await tx.inventory.resize(eventId, known.poolId, capacity);
      pools.push(known);
      continue;
    }
    const poolId = ids.next('pol');
    fresh.push({ id: poolId, organizerId, eventId, sessionId, name, revision: 1 });
    counters.push({ targetId: poolId, organizerId, eventId, capacity, claimed: 0 });
    pools.push({ section: key, poolId });
  }
  await tx.inventory.pools.insert(fresh);
  await tx.inventory.openCounters(counters);
  return pools;
}

function seatingResource({ id, eventId, seatMapId, pools }: SeatingRecord): Seating {
  return { sessionId: id, eventId, seatMapId, pools: pools.map((pool) => ({ ...pool })) };
}
