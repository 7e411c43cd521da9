import type { TicketTypeRecord } from '../events/index.ts';
import type { Refusal, WriteContext } from '../kernel/index.ts';
import type { BlockRecord } from './block.ts';
import { claimInOrder, claimsFor } from './claiming.ts';
import { notReservable, soldOut } from './refusals.ts';
import { blockResource } from './resource.ts';
import { reserveTarget } from './target.ts';
import { releaseBlock } from './transitions.ts';

interface Wanted {
  readonly codeId: string;
  readonly code: string;
  readonly type: TicketTypeRecord;
  /** How many of the type in all, those that the code has sold included. */
  readonly quantity: number;
}

/** Tickets that one of a type makes; of what makes none, the one that it is. */
function ticketsOfOne({ terms: { admissions } }: TicketTypeRecord): number {
  return Math.max(1, admissions);
}

/**
 * Sets places of a type aside for who has a code: a block of each pool that the
 * type draws on, and a counter of which the code's buyers claim instead. So the
 * pools count each place once, and the code cannot sell more than it has. The
 * caller has locked the event. Refused, with nothing written, where a pool has
 * too little room.
 */
export async function setAside(
  context: WriteContext,
  { codeId, code, type, quantity }: Wanted,
): Promise<Refusal<'sold_out' | 'not_reservable'> | undefined> {
  const { tx, ids, now, emit } = context;
  const { id: ticketTypeId, organizerId, eventId, draws } = type;
  if (draws.length === 0 || type.seating !== null) return notReservable({ ticketTypeId });
  const targetId = reserveTarget(codeId);
  const tickets = ticketsOfOne(type);
  const sold = await lockReserve(context, eventId, codeId, draws);
  const missing = Math.max(0, quantity * tickets - sold.capacity);
  if (missing === 0) return undefined;
  const targets = draws.map(({ poolId, units }) => ({
    targetId: poolId,
    units: (units / tickets) * missing,
  }));
  const [shortage] = await claimInOrder(context, eventId, [{ targets }]);
  if (shortage !== undefined) {
    const { targetId: poolId, available, requested } = shortage;
    return soldOut({ poolId, available, requested });
  }
  for (const { targetId: poolId, units } of targets) {
    const block: BlockRecord = {
      id: ids.next('blk'),
      organizerId,
      eventId,
      poolId,
      sessionId: null,
      seats: null,
      units,
      released: 0,
      reason: `Code ${code}`,
      codeId,
      state: 'active',
      createdAt: now,
      releasedAt: null,
      revision: 1,
    };
    await tx.inventory.blocks.insert([block]);
    const claims = claimsFor(context, { ...block, expiresAt: null }, [{ targetId: poolId, units }]);
    await tx.inventory.claims.insert(claims);
    emit({
      type: 'block.created',
      organizerId,
      eventId,
      subject: block.id,
      data: blockResource(block),
    });
  }
  await tx.inventory.addUnits(eventId, targets);
  await tx.inventory.ensureCounters([{ targetId, organizerId, eventId, capacity: 0, claimed: 0 }]);
  await tx.inventory.resize(eventId, targetId, sold.capacity + missing);
  return undefined;
}

/**
 * Frees what a code set aside and has not sold. What comes back of it later, as
 * when one of its tickets is refunded, stays set aside until this is asked again.
 */
export async function endReserve(
  context: WriteContext,
  { codeId, eventId, type }: { codeId: string; eventId: string; type: TicketTypeRecord },
): Promise<void> {
  const { tx, now, emit } = context;
  const { claimed } = await lockReserve(context, eventId, codeId, type.draws);
  await tx.inventory.resize(eventId, reserveTarget(codeId), claimed);
  const { items } = await tx.inventory.blocks.list(
    { eventId, codeId, state: 'active' },
    { limit: 1000, after: undefined },
  );
  for (const { poolId, units } of type.draws) {
    let keeps = claimed * (units / ticketsOfOne(type));
    for (const { id } of items.filter((block) => block.poolId === poolId)) {
      const [was] = await tx.inventory.blocks.findForUpdate([id]);
      if (was === undefined) continue;
      const has = was.units - was.released;
      const kept = Math.min(has, keeps);
      keeps -= kept;
      if (kept === has) continue;
      const next = releaseBlock(was, { units: has - kept }, now);
      if (!('id' in next)) throw new Error(`Block ${id} cannot be released: ${next.message}`);
      await tx.inventory.blocks.save(next, was);
      await tx.inventory.giveBack(eventId, id, [{ targetId: poolId, units: has - kept }], now);
      const { organizerId } = was;
      emit({
        type: 'block.released',
        organizerId,
        eventId,
        subject: id,
        data: blockResource(next),
      });
    }
  }
}

/** How the reserve stands, under its lock and those of the pools, what lapsed taken back. */
async function lockReserve(
  { tx, now }: WriteContext,
  eventId: string,
  codeId: string,
  draws: TicketTypeRecord['draws'],
): Promise<{ capacity: number; claimed: number }> {
  const targetId = reserveTarget(codeId);
  const targetIds = [targetId, ...draws.map(({ poolId }) => poolId)].sort();
  await tx.inventory.lockCounters(eventId, targetIds);
  await tx.inventory.takeBackLapsed(eventId, [targetId], now);
  const [counter] = await tx.inventory.counters(eventId, [targetId]);
  return { capacity: counter?.capacity ?? 0, claimed: counter?.claimed ?? 0 };
}
