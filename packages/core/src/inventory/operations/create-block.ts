import {
  type EventRecord,
  eventClosed,
  membersOfEvent,
  poolOfOtherEvent,
  sessionOfOtherEvent,
} from '../../events/index.ts';
import { isRefusal, notFound, type WriteContext, write } from '../../kernel/index.ts';
import { noSeatMap, seatsNamed, seatTaken, unknownSeat } from '../../seating/index.ts';
import { Block, type BlockRecord } from '../block.ts';
import { NewBlock } from '../block-input.ts';
import { refuseTaken } from '../claim-seats.ts';
import { claimInOrder, claimsFor } from '../claiming.ts';
import { soldOut } from '../refusals.ts';
import { blockResource } from '../resource.ts';
import type { Target } from '../target.ts';

export const createBlock = write({
  name: 'blocks.create',
  summary:
    'Sets units of a pool or seats of a session aside until they are released, all or nothing: for guests, sponsors, the sound desk.',
  input: NewBlock,
  output: Block,
  refusals: [
    eventClosed,
    poolOfOtherEvent,
    soldOut,
    sessionOfOtherEvent,
    noSeatMap,
    unknownSeat,
    seatTaken,
  ],
  allow: membersOfEvent('manage_events'),
  run: async (context, { eventId, poolId, units, sessionId, seats, reason }) => {
    const { tx, ids, now, emit } = context;
    const event = await tx.events.events.findForShare(eventId);
    if (event === undefined) return notFound({ kind: 'event', id: eventId });
    if (event.state === 'cancelled' || event.state === 'completed') {
      return eventClosed({ eventId, state: event.state });
    }
    const aside =
      sessionId === undefined
        ? await unitsAside(context, event, poolId ?? '', units ?? 0)
        : await seatsAside(context, event, sessionId, seats ?? []);
    if (isRefusal(aside)) return aside;

    const { targets, ...what } = aside;
    const block: BlockRecord = {
      ...what,
      id: ids.next('blk'),
      organizerId: event.organizerId,
      eventId,
      released: 0,
      reason,
      codeId: null,
      state: 'active',
      createdAt: now,
      releasedAt: null,
      revision: 1,
    };
    await tx.inventory.blocks.insert([block]);
    await tx.inventory.claims.insert(claimsFor(context, { ...block, expiresAt: null }, targets));
    await tx.inventory.addUnits(eventId, targets);
    const created = blockResource(block);
    emit({
      type: 'block.created',
      organizerId: event.organizerId,
      eventId,
      subject: block.id,
      data: created,
    });
    return created;
  },
});

/** Room for units of a pool, under its counter's lock. */
async function unitsAside(
  context: WriteContext,
  { id: eventId }: EventRecord,
  poolId: string,
  units: number,
) {
  const pool = await context.tx.inventory.pools.find(poolId);
  if (pool?.eventId !== eventId) return poolOfOtherEvent({ poolId });
  const targets: Target[] = [{ targetId: poolId, units }];
  const [shortage] = await claimInOrder(context, eventId, [{ targets }]);
  if (shortage !== undefined) {
    return soldOut({ poolId, available: shortage.available, requested: units });
  }
  return { poolId, sessionId: null, seats: null, units, targets };
}

/** Seats that nobody has, under the locks of their counters. */
async function seatsAside(
  context: WriteContext,
  { id: eventId, organizerId }: EventRecord,
  sessionId: string,
  labels: readonly string[],
) {
  const { tx } = context;
  const session = await tx.events.sessions.find(sessionId);
  if (session?.eventId !== eventId) return sessionOfOtherEvent({ sessionId });
  const [seating] = await tx.seating.seatings.findForClaims([sessionId]);
  const seats = await seatsNamed(context, sessionId, seating, labels);
  if (isRefusal(seats)) return seats;
  const targets: Target[] = seats.map(({ target: targetId }) => ({
    targetId,
    units: 1,
    opens: { targetId, organizerId, eventId, capacity: 1, claimed: 0 },
  }));
  const [shortage] = await claimInOrder(context, eventId, [{ targets }]);
  if (shortage !== undefined) {
    const wanted = seats.map(({ label, target }) => ({ label, targets: [target] }));
    return refuseTaken(context, eventId, wanted, shortage);
  }
  return { poolId: null, sessionId, seats, units: seats.length, targets };
}
