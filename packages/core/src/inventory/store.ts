import type { EventOf, InsertStore, Instant, ReadStore, WriteStore } from '../kernel/index.ts';
import type { BlockRecord } from './block.ts';
import type { ClaimRecord, CounterRecord, Units } from './counter.ts';
import type { HoldRecord } from './hold.ts';
import type { PoolRecord } from './pool.ts';

interface BlockFilter {
  eventId?: string | undefined;
  codeId?: string | undefined;
  state?: BlockRecord['state'] | undefined;
}

interface HoldFilter {
  eventId?: string | undefined;
  userId?: string | undefined;
  state?: HoldRecord['state'] | undefined;
}

/** A counter that is not the sum of its claims. */
export interface CounterDrift {
  readonly targetId: string;
  readonly claimed: number;
  readonly claims: number;
}

/** Units of a target by what they are at an instant. */
export interface UnitsAt {
  readonly targetId: string;
  readonly held: number;
  readonly sold: number;
  readonly blocked: number;
  readonly lapsed: number;
}

export interface NextExpiry {
  readonly targetId: string;
  readonly expiresAt: string;
  readonly units: number;
}

/** A live claim of a claimant that is not there, or that is over. */
export interface StrayClaims {
  readonly claimantId: string;
  /** `missing`, or the state of the hold, its order or the block. */
  readonly state: string;
  readonly claims: number;
}

/** A counter's capacity as it should be. */
export interface Capacity {
  readonly targetId: string;
  readonly capacity: number;
}

/** What some claims of a target were made for. */
export interface ClaimedItems {
  readonly targetId: string;
  readonly items: HoldRecord['items'] | null;
}

export interface InventoryReads {
  readonly pools: ReadStore<PoolRecord, { eventId?: string | undefined }> & {
    /** All pools of the event, oldest first. */
    ofEvent(eventId: string): Promise<PoolRecord[]>;
  };
  readonly holds: ReadStore<HoldRecord, HoldFilter> & {
    /** The events of these holds. */
    eventsOf(ids: readonly string[]): Promise<EventOf[]>;
  };
  readonly blocks: ReadStore<BlockRecord, BlockFilter>;
  /** The counters of these targets, without a lock. */
  counters(eventId: string, targetIds: readonly string[]): Promise<CounterRecord[]>;
  /** Units that lapsed at `now` but were not taken back yet: they count as free. */
  lapsedUnits(eventId: string, targetIds: readonly string[], now: Instant): Promise<Units[]>;
  /** Units that are claimed, unpaid and not lapsed at `now`. */
  heldUnits(eventId: string, targetIds: readonly string[], now: Instant): Promise<Units[]>;
  /** Units that are set aside, by pool. */
  blockedUnits(eventId: string): Promise<Units[]>;
  /** What of these targets was, is or will be held, sold, blocked and lapsed at an instant. */
  unitsAt(eventId: string, targetIds: readonly string[], at: Instant): Promise<UnitsAt[]>;
  /** The first expiry after an instant on each of these targets, with the units that it frees. */
  nextExpiries(eventId: string, targetIds: readonly string[], at: Instant): Promise<NextExpiry[]>;
  /** Counters that disagree with their claims; empty when all is well. */
  counterDrift(): Promise<CounterDrift[]>;
  /** Live claims without a claimant that is live itself; empty when all is well. */
  strayClaims(): Promise<StrayClaims[]>;
}

export interface InventoryWrites extends InventoryReads {
  readonly pools: WriteStore<PoolRecord, { eventId?: string | undefined }> &
    InventoryReads['pools'];
  readonly holds: WriteStore<HoldRecord, HoldFilter> & InventoryReads['holds'];
  readonly blocks: WriteStore<BlockRecord, BlockFilter>;
  readonly claims: Pick<InsertStore<ClaimRecord, object>, 'insert'>;
  openCounters(rows: readonly CounterRecord[]): Promise<void>;
  /**
   * Opens those of these counters that are not there yet, for what comes to be
   * with its first claim: a buyer's limit, a single seat. In ascending order of
   * targets, whatever order the rows have: two transactions that inserted the
   * same ones in different orders would wait for each other. Called before
   * `lockCounters`, which then finds them all.
   */
  ensureCounters(rows: readonly CounterRecord[]): Promise<void>;
  /**
   * Sets the capacities of counters whose locks the caller holds; one that is
   * below what is claimed becomes what is claimed.
   */
  followCapacities(eventId: string, capacities: readonly Capacity[]): Promise<void>;
  /**
   * What is claimed of these targets at `now`, lapsed claims left out: the items of the holds, each
   * list once a target; null stands for a block.
   */
  claimedItems(
    eventId: string,
    targetIds: readonly string[],
    now: Instant,
  ): Promise<ClaimedItems[]>;
  /** Locks counters until the transaction ends, in ascending order of target ids. */
  lockCounters(eventId: string, targetIds: readonly string[]): Promise<CounterRecord[]>;
  /** Locks every counter of the event: nothing is claimed there meanwhile. */
  lockEvent(eventId: string): Promise<CounterRecord[]>;
  /**
   * Adds units to counters, all or nothing, where each still has room. Throws
   * `LostRace` when one has not, so it holds even without the lock.
   */
  addUnits(eventId: string, units: readonly Units[]): Promise<void>;
  /** Sets a capacity, where it is not below what is claimed; false when it is. */
  resize(eventId: string, targetId: string, capacity: number | null): Promise<boolean>;
  /**
   * Takes back what lapsed on these targets (claims another transaction holds
   * are passed over) and lowers the counters. Returns what became free. The
   * caller holds the counters' locks. With a limit, at most so many claims.
   */
  takeBackLapsed(
    eventId: string,
    targetIds: readonly string[],
    now: Instant,
    limit?: number,
  ): Promise<Units[]>;
  /** Releases the live claims of these holds or blocks and lowers the counters; each once. */
  release(eventId: string, claimantIds: readonly string[], now: Instant): Promise<Units[]>;
  /** Gives back some units of one claimant's claims, as when one of its tickets is voided. */
  giveBack(
    eventId: string,
    claimantId: string,
    units: readonly Units[],
    now: Instant,
  ): Promise<void>;
  /**
   * Moves the expiry of a hold's claims that are not released (null: paid at
   * `now`, they stay). Returns how many it moved: fewer than the live ones of
   * `claimsOf` means that some were lost.
   */
  moveExpiry(
    eventId: string,
    claimantId: string,
    expiresAt: Instant | null,
    now: Instant,
  ): Promise<number>;
  /** Every claim of this hold or block, released ones included. */
  claimsOf(eventId: string, claimantId: string): Promise<ClaimRecord[]>;
  /** Events that have lapsed claims, with their targets, at most `limit` claims. */
  lapsedTargets(now: Instant, limit: number): Promise<{ eventId: string; targetId: string }[]>;
}
