/** What was measured of one contender: requests a second, milliseconds a request. */
export interface Figures {
  readonly perSecond: number;
  readonly p50: number;
  readonly p99: number;
  readonly requests: number;
}

/** One promise of the table, and what became of it. */
export interface Aim {
  readonly what: string;
  readonly aim: string;
  readonly found: string;
  readonly met: boolean;
}

/** A row of the table. */
export interface Result {
  readonly row: string;
  /** What a request is: `holds`, `orders`. */
  readonly unit: string;
  /** By contender, `ours` first. */
  readonly figures: Readonly<Record<string, Figures>>;
  readonly aims: readonly Aim[];
  /** What has to be known to read the figures. */
  readonly notes?: readonly string[];
}

/** An aim that is a ratio: at least so many times the other. */
export function atLeast(
  what: string,
  least: number,
  ours: Figures | undefined,
  other: Figures | undefined,
): Aim {
  const ratio = (ours?.perSecond ?? Number.NaN) / (other?.perSecond ?? Number.NaN);
  return { what, aim: `≥ ${least} x`, found: `${digits(ratio)} x`, met: ratio >= least };
}

/** How far there is to go at all: what the ceiling is of naive. */
export function ceiling(limit: Figures | undefined, naive: Figures | undefined): string[] {
  if (limit === undefined || naive === undefined) return [];
  return [`limit is ${digits(limit.perSecond / naive.perSecond)} x of naive at its best`];
}

/** An aim that is a bound, in the unit given. */
export function under(what: string, bound: number, found: number, unit = 'ms'): Aim {
  return {
    what,
    aim: `< ${digits(bound)} ${unit}`,
    found: `${digits(found)} ${unit}`,
    met: found < bound,
  };
}

/** Two or three digits that mean something. */
export function digits(value: number): string {
  if (!Number.isFinite(value)) return '-';
  if (value >= 100) return Math.round(value).toLocaleString('en-US');
  return value.toFixed(value >= 10 ? 1 : 2);
}
