import type { Halves } from '../kernel/index.ts';
import type { QuoteLine, TraceStep } from './quote-schema.ts';

/** What an auditor knows when a step is looked at. */
export interface Audit {
  readonly lines: readonly QuoteLine[];
  /** What the steps before left of each line’s price. */
  readonly left: readonly number[];
}

export type Terms = TraceStep['terms'];

export function numberOf(terms: Terms, name: string): number {
  return Number(terms[name] ?? 0);
}

export function halvesOf({ halves }: Terms): Halves {
  return halves === 'even' ? 'even' : 'up';
}

/** The sum of what is left of the lines that a step touches, and of all. */
export function reachOf(
  { parts = [] }: TraceStep,
  { left }: Audit,
): { least: number; most: number } {
  let [least, most] = [0, 0];
  left.forEach((amount, line) => {
    most += amount;
    if ((parts[line] ?? 0) !== 0) least += amount;
  });
  return { least, most };
}

/** Whether what went into a step can be the price of lines that hold all that it touches. */
export function isOfLines(step: TraceStep, audit: Audit): boolean {
  const { least, most } = reachOf(step, audit);
  return step.input >= least && step.input <= most;
}

/** Whether each part is less than a unit off its exact share of the output. */
export function isSpread({ input, output, parts = [] }: TraceStep, { left }: Audit): boolean {
  return parts.every((part, line) => {
    const off = BigInt(part) * BigInt(input) - BigInt(output) * BigInt(left[line] ?? 0);
    return part === 0 || (off < BigInt(input) && -off < BigInt(input));
  });
}
