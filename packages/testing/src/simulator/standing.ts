/** Where a place stands on a list of the simulator, which counts entries and scans exits. */
export interface Standing {
  readonly used: number;
  readonly inside: boolean;
  /** The local day of the last entry. */
  readonly day: string | null;
}

/** Somebody who comes or goes. */
export interface Passing {
  readonly direction: 'entry' | 'exit';
  readonly at: string;
}

export const OUTSIDE: Standing = { used: 0, inside: false, day: null };

/** The day at the door; every event of the simulator is in Berlin. */
const days = new Intl.DateTimeFormat('en-CA', { timeZone: 'Europe/Berlin' });

/**
 * Where a place stands after it passed; undefined: it may not pass. Worked out anew
 * here for the few rules that the simulator has, and not by the room: so many entries
 * and none twice, unless another day began and nobody scanned them when they left.
 */
export function passed(
  was: Standing,
  { direction, at }: Passing,
  entries: number,
): Standing | undefined {
  if (direction === 'exit') return was.inside ? { ...was, inside: false } : undefined;
  const day = days.format(Date.parse(at));
  if (was.used >= entries || (was.inside && was.day === day)) return undefined;
  return { used: was.used + 1, inside: true, day };
}
