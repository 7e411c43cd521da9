import type { InsertStore, Instant, ReadStore, WriteStore } from '../kernel/index.ts';
import type { ClaimRecord, CounterRecord, Units } from './counter.ts';
import type { HoldRecord } from './hold.ts';
import type { PoolRecord } from './pool.ts';

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

export interface InventoryReads {
  readonly pools: ReadStore<PoolRecord, { eventId?: string | undefined }> & {
    /** All pools of the event, oldest first. */
    ofEvent(eventId: string): Promise<PoolRecord[]>;
  };
  readonly holds: ReadStore<HoldRecord, HoldFilter>;
  /** The counters of these targets, without a lock. */
  counters(eventId: string, targetIds: readonly string[]): Promise<CounterRecord[]>;
  /** Units that lapsed at `now` but were not taken back yet: they count as free. */
  lapsedUnits(eventId: string, targetIds: readonly string[], now: Instant): Promise<Units[]>;
  /** Counters that disagree with their claims; empty when all is well. */
  counterDrift(): Promise<CounterDrift[]>;
}

export interface InventoryWrites extends InventoryReads {
  readonly pools: WriteStore<PoolRecord, { eventId?: string | undefined }> &
    InventoryReads['pools'];
  readonly holds: WriteStore<HoldRecord, HoldFilter>;
  readonly claims: Pick<InsertStore<ClaimRecord, object>, 'insert'>;
  openCounters(rows: readonly CounterRecord[]): Promise<void>;
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
   * caller holds the counters' locks.
   */
  takeBackLapsed(eventId: string, targetIds: readonly string[], now: Instant): Promise<Units[]>;
  /** Releases the live claims of these holds and lowers the counters; each once. */
  release(eventId: string, holdIds: readonly string[], now: Instant): Promise<Units[]>;
  /** Gives back some units of one hold's claims, as when one of its tickets is voided. */
  giveBack(eventId: string, holdId: string, units: readonly Units[], now: Instant): Promise<void>;
  /**
   * Moves the expiry of a hold's claims that are not released (null: paid, they
   * stay). Returns how many it moved: fewer than `claimsOfHold` knows means that
   * some were lost.
   */
  moveExpiry(eventId: string, holdId: string, expiresAt: Instant | null): Promise<number>;
  /** Every claim of this hold, released ones included. */
  claimsOfHold(eventId: string, holdId: string): Promise<ClaimRecord[]>;
  /** Events that have lapsed claims, with their targets, at most `limit` claims. */
  lapsedTargets(now: Instant, limit: number): Promise<{ eventId: string; targetId: string }[]>;
}
