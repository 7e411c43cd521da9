/** An invariant that did not hold, and how it came to that. */
export interface SimulationFailure {
  /** The step after which it was seen; one more than the last: at the end. */
  readonly step: number;
  /** What should always be so. */
  readonly invariant: string;
  /** Where it is not. */
  readonly findings: readonly string[];
  /** The last steps, oldest first. */
  readonly steps: readonly string[];
}

/** What a simulation did and found. */
export interface SimulationReport {
  readonly seed: number;
  /** Steps that were made; fewer than were asked for when it failed. */
  readonly steps: number;
  /** Calls by operation and outcome: `orders.pay done`, `holds.create sold_out`. */
  readonly calls: Readonly<Record<string, number>>;
  /** Faults that struck. */
  readonly faults: Readonly<Record<string, number>>;
  /** How often each invariant was looked at. */
  readonly checks: Readonly<Record<string, number>>;
  /** SHA-256 of every line of the log: the same for the same seed. */
  readonly digest: string;
  readonly failure: SimulationFailure | undefined;
}

export class Broken extends Error {
  readonly invariant: string;
  readonly findings: readonly string[];
  constructor(invariant: string, findings: readonly string[]) {
    super(`${invariant}: ${findings.join('; ')}`);
    this.invariant = invariant;
    this.findings = findings;
  }
}

/** Counts by name. */
export interface Tally {
  readonly counts: Record<string, number>;
  add(name: string): void;
}

export function createTally(): Tally {
  const counts: Record<string, number> = {};
  return {
    counts,
    add(name) {
      counts[name] = (counts[name] ?? 0) + 1;
    },
  };
}
