import type { CounterRecord, Units } from './counter.ts';

/** The target that has too little room for a request, with what it has. */
export interface Shortage {
  readonly targetId: string;
  readonly available: number;
  readonly requested: number;
  /** Whether what is left is kept for who waits. */
  readonly waiting?: true;
}

/**
 * What is free on some counters while a batch is decided. Requests take from it
 * one after the other, each all or nothing.
 */
export class Room {
  private readonly counters: Map<string, { readonly capacity: number | null; taken: number }>;

  /** `freed`: units that were taken back since the counters were read. */
  constructor(counters: readonly CounterRecord[], freed: readonly Units[] = []) {
    this.counters = new Map(
      counters.map(({ targetId, capacity, claimed }) => [targetId, { capacity, taken: claimed }]),
    );
    for (const { targetId, units } of freed) {
      const counter = this.counters.get(targetId);
      if (counter !== undefined) counter.taken -= units;
    }
  }

  /** What is taken of a target, and of how much; undefined: it has no counter. */
  takenOf(targetId: string): { taken: number; capacity: number | null } | undefined {
    return this.counters.get(targetId);
  }

  /** Units of a target that are free; null: any number. A target without a counter has none. */
  freeOf(targetId: string): number | null {
    const counter = this.counters.get(targetId);
    if (counter === undefined) return 0;
    return counter.capacity === null ? null : counter.capacity - counter.taken;
  }

  /**
   * Takes all of it, or nothing and says what is short. A target without a counter
   * has no room. What is `kept` of a target is left, and counts as not there.
   */
  take(wanted: readonly Units[], kept?: ReadonlyMap<string, number>): Shortage | undefined {
    const sums = sumUnits(wanted);
    const short = this.shortOf(sums, kept);
    if (short !== undefined) return short;
    for (const { targetId, units } of sums) {
      const counter = this.counters.get(targetId);
      if (counter !== undefined) counter.taken += units;
    }
    return undefined;
  }

  /** What would be short of it; nothing is taken. Of what nothing is wanted, nothing is short. */
  shortOf(wanted: readonly Units[], kept?: ReadonlyMap<string, number>): Shortage | undefined {
    for (const { targetId, units } of sumUnits(wanted)) {
      const free = this.free(targetId);
      const keeps = kept?.get(targetId) ?? 0;
      if (units <= 0 || units <= free - keeps) continue;
      const available = Math.max(0, free - keeps);
      return { targetId, available, requested: units, ...(units <= free && { waiting: true }) };
    }
    return undefined;
  }

  private free(targetId: string): number {
    return this.freeOf(targetId) ?? Number.POSITIVE_INFINITY;
  }
}

/** Units summed per target, in ascending order of targets. */
export function sumUnits(units: readonly Units[]): Units[] {
  const sums = new Map<string, number>();
  for (const { targetId, units: count } of units) {
    sums.set(targetId, (sums.get(targetId) ?? 0) + count);
  }
  return [...sums]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([targetId, count]) => ({ targetId, units: count }));
}
