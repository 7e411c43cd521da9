import { type CrowdOptions, crowd } from './crowd.ts';
import type { Figures } from './result.ts';

/** Somebody who serves requests, to be measured beside others. */
export interface Contender {
  readonly name: string;
  readonly request: (buyer: number) => Promise<void>;
}

export interface ContestOptions extends CrowdOptions {
  readonly rounds: number;
}

/**
 * Measures contenders in turns, each round in another order, so that the noise of the machine hits
 * all alike; the medians of the rounds count.
 */
export async function contest(
  options: ContestOptions,
  contenders: readonly Contender[],
): Promise<Record<string, Figures>> {
  const taken = new Map<string, Figures[]>(contenders.map(({ name }) => [name, []]));
  for (let round = 0; round < options.rounds; round += 1) {
    const turn = round % contenders.length;
    for (const { name, request } of [...contenders.slice(turn), ...contenders.slice(0, turn)]) {
      taken.get(name)?.push(await crowd(options, request));
    }
  }
  return Object.fromEntries([...taken].map(([name, rounds]) => [name, middle(rounds)]));
}

export function middle(rounds: readonly Figures[]): Figures {
  const of = (pick: (figures: Figures) => number) => median(rounds.map(pick));
  return {
    perSecond: of(({ perSecond }) => perSecond),
    p50: of(({ p50 }) => p50),
    p99: of(({ p99 }) => p99),
    requests: rounds.reduce((sum, { requests }) => sum + requests, 0),
  };
}

export function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1] ?? Number.NaN;
}
