import { type BatchContext, type Instant, isRefusal, type Refusal } from '../kernel/index.ts';
import type { ClaimRecord, CounterRecord, Units } from './counter.ts';
import type { Gate, Kept } from './gate.ts';
import type { HoldRecord } from './hold.ts';
import { Room, type Shortage, sumUnits } from './room.ts';
import type { Target } from './target.ts';

/** What one hold asks for, as a batch carries it. */
export interface Wish<Code extends string = never> {
  readonly targets: readonly Target[];
  /** More of it, where its price depends on what is taken, and so on its turn. */
  readonly moving?: Moving<Code> | undefined;
  /** Whether it comes after who waits for tickets. */
  readonly isPublic?: boolean | undefined;
}

/** A price that is decided together with the claim that it goes with. */
export interface Moving<Code extends string> {
  /** What the price depends on: their counters are locked too. */
  readonly watches: readonly Target[];
  /** Prices it in this room, and says what it takes. */
  price(room: Room): readonly Target[] | Refusal<Code>;
}

/** What became of a wish: undefined, or what was short, or why it has no price. */
export type Decision<Code extends string> = Shortage | Refusal<Code> | undefined;

/**
 * Decides a batch of wishes on one event in order, under the counters' locks:
 * for each, undefined when it has its room, or what was short. Claims that
 * lapsed are taken back when, and only when, somebody would otherwise go empty.
 */
export async function claimInOrder(
  { tx, now }: Pick<BatchContext, 'tx' | 'now'>,
  eventId: string,
  wishes: readonly { readonly targets: readonly Target[] }[],
): Promise<(Shortage | undefined)[]> {
  const plain: Wish[] = wishes.map(({ targets }) => ({ targets }));
  const { decisions } = await claimWhile({ tx, now }, eventId, plain, async () => undefined);
  return decisions.map((decision) => (isRefusal(decision) ? undefined : decision));
}

/**
 * The same, with something read under the same locks: it is sent right behind
 * the statement that takes them, and so answered when they are there. A wish
 * whose price moves is priced in its turn, so that price and claim agree; for
 * those, what lapsed counts as not taken, and is taken back first. So it is where
 * a gate keeps places for who waits, since they may want just what lapsed.
 */
export async function claimWhile<Code extends string, Seen>(
  { tx, now }: Pick<BatchContext, 'tx' | 'now'>,
  eventId: string,
  wishes: readonly Wish<Code>[],
  read: () => Promise<Seen>,
  gate?: Gate<Seen>,
): Promise<{ decisions: Decision<Code>[]; seen: Seen }> {
  const wanted = [
    ...wishes.flatMap(({ targets, moving }) => [...targets, ...(moving?.watches ?? [])]),
    ...(gate?.watches ?? []),
  ];
  const lazy = openedBy(wanted);
  const targetIds = [...new Set(wanted.map(({ targetId }) => targetId))].sort();
  if (lazy.size > 0) await tx.inventory.ensureCounters([...lazy.values()]);
  const [counters, seen] = await Promise.all([
    tx.inventory.lockCounters(eventId, targetIds),
    read(),
  ]);
  const decide = (freed: readonly Units[]) => {
    const current = counters.map((counter) => followed(counter, lazy, freed));
    const room = new Room(current);
    const kept = (wish: Wish<Code>) =>
      wish.isPublic === true ? gate?.kept(seen, room) : undefined;
    return { current, outcome: wishes.map((wish) => decisionOn(wish, room, kept(wish))) };
  };

  const moves = gate !== undefined || wishes.some(({ moving }) => moving !== undefined);
  let freed = moves ? await tx.inventory.takeBackLapsed(eventId, targetIds, now) : [];
  let decided = decide(freed);
  if (!moves && decided.outcome.some((decision) => decision !== undefined)) {
    freed = await tx.inventory.takeBackLapsed(eventId, targetIds, now);
    if (freed.length > 0) decided = decide(freed);
  }
  await followCapacities(tx, eventId, counters, decided.current);
  return { decisions: decided.outcome, seen };
}

function decisionOn<Code extends string>(
  { targets, moving }: Wish<Code>,
  room: Room,
  kept: Kept | undefined,
): Decision<Code> {
  if (moving === undefined) return room.take(targets, kept);
  const more = moving.price(room);
  return isRefusal(more) ? more : room.take([...targets, ...more], kept);
}

/** The counters that come to be with their first claim, by target. */
function openedBy(targets: readonly Target[]): ReadonlyMap<string, CounterRecord> {
  return new Map(
    targets.flatMap(({ targetId, opens }) => (opens === undefined ? [] : [[targetId, opens]])),
  );
}

/**
 * The counter as it is after `freed` came back. One that comes to be with its
 * first claim has the capacity that the catalogue gives it now, whatever it was
 * opened with, but nothing is taken from who has more already.
 */
function followed(
  counter: CounterRecord,
  lazy: ReadonlyMap<string, CounterRecord>,
  freed: readonly Units[],
): CounterRecord {
  const back = freed.find(({ targetId }) => targetId === counter.targetId)?.units ?? 0;
  const claimed = counter.claimed - back;
  const opens = lazy.get(counter.targetId);
  if (opens === undefined || opens.capacity === null) return { ...counter, claimed };
  return { ...counter, claimed, capacity: Math.max(opens.capacity, claimed) };
}

/** Writes capacities that the catalogue has changed, so that the guarded update sees them too. */
async function followCapacities(
  tx: BatchContext['tx'],
  eventId: string,
  locked: readonly CounterRecord[],
  current: readonly CounterRecord[],
): Promise<void> {
  const changed = current.flatMap(({ targetId, capacity }, index) =>
    capacity === null || capacity === locked[index]?.capacity ? [] : [{ targetId, capacity }],
  );
  if (changed.length > 0) await tx.inventory.followCapacities(eventId, changed);
}

/** Writes the claims of holds that got their room, each statement once for all of them. */
export async function writeClaims(
  context: Pick<BatchContext, 'tx' | 'ids' | 'now'>,
  eventId: string,
  holds: readonly { hold: HoldRecord; units: readonly Units[] }[],
): Promise<void> {
  const { tx } = context;
  const claims = holds.flatMap(({ hold, units }) => claimsFor(context, hold, units));
  await tx.inventory.holds.insert(holds.map(({ hold }) => hold));
  await tx.inventory.claims.insert(claims);
  await tx.inventory.addUnits(eventId, sumUnits(claims));
}

/** A claimant's claims, one for each target. */
export function claimsFor(
  { ids, now }: Pick<BatchContext, 'ids' | 'now'>,
  claimant: {
    readonly id: string;
    readonly organizerId: string;
    readonly eventId: string;
    /** Null: a block, which has no expiry. */
    readonly expiresAt: string | null;
  },
  units: readonly Units[],
): ClaimRecord[] {
  return sumUnits(units).map((claim) => ({
    ...claim,
    id: ids.next('clm'),
    organizerId: claimant.organizerId,
    eventId: claimant.eventId,
    claimantId: claimant.id,
    claimedAt: now,
    expiresAt: claimant.expiresAt,
    paidAt: null,
    releasedAt: null,
  }));
}

/** Whether a hold that nobody ordered has expired. */
export function isOver({ expiresAt }: Pick<HoldRecord, 'expiresAt'>, now: Instant): boolean {
  return lapsedAt(expiresAt, now);
}

/** An expiry that has passed: the same moment counts as passed. */
export function lapsedAt(expiresAt: Instant, now: Instant): boolean {
  return expiresAt <= now;
}
