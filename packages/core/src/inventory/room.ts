import type { CounterRecord, Units } from './counter.ts';

/** The target that has too little room for a request, with what it has. */
export interface Shortage {
  readonly targetId: string;
  readonly available: number;
  readonly requested: number;
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

  /** Takes all of it, or nothing and says what is short. A target without a counter has no room. */
  take(wanted: readonly Units[]): Shortage | undefined {
    const sums = sumUnits(wanted);
    for (const { targetId, units } of sums) {
      const available = this.free(targetId);
      if (units > available) return { targetId, available, requested: units };
    }
    for (const { targetId, units } of sums) {
      const counter = this.counters.get(targetId);
      if (counter !== undefined) counter.taken += units;
    }
    return undefined;
  }

  private free(targetId: string): number {
    const counter = this.counters.get(targetId);
    if (counter === undefined) return 0;
    return counter.capacity === null ? Number.POSITIVE_INFINITY : counter.capacity - counter.taken;
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
