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

/** Whether what went into a step can be the price of lines that hold all that it touches. */
export function isOfLines({ input, parts = [] }: TraceStep, { left }: Audit): boolean {
  let [least, most] = [0, 0];
  left.forEach((amount, line) => {
    most += amount;
    if ((parts[line] ?? 0) !== 0) least += amount;
  });
  return input >= least && input <= most;
}

/**
 * Whether each line that a step touches has what the rule makes of it, and what
 * went into the step is the price of those lines, and of such as it makes nothing
 * of.
 */
export function follows(
  { input, parts = [] }: TraceStep,
  { left, lines }: Audit,
  rule: (line: QuoteLine, at: number) => number,
): boolean {
  let [least, most] = [0, 0];
  for (const [at, line] of lines.entries()) {
    const [part, ruled, price] = [parts[at] ?? 0, rule(line, at), left[at] ?? 0];
    if (part !== 0 && part !== ruled) return false;
    if (part !== 0) least += price;
    if (part !== 0 || ruled === 0) most += price;
  }
  return input >= least && input <= most;
}

/** Whether each part is less than a unit off its exact share of the output. */
export function isSpread({ input, output, parts = [] }: TraceStep, { left }: Audit): boolean {
  return parts.every((part, line) => {
    const off = BigInt(part) * BigInt(input) - BigInt(output) * BigInt(left[line] ?? 0);
    return part === 0 || (off < BigInt(input) && -off < BigInt(input));
  });
}
