import type { Ticketi } from '@ticketi/core';
import type { TestClock } from '../../src/index.ts';
import type { Crowd } from './crowd.ts';
import type { Outcome } from './participant.ts';

/** Where a race takes place: guarded Ticketi to prepare and to look, a crowd that races. */
interface Course {
  readonly ticketi: Ticketi;
  readonly clock: TestClock;
  readonly crowd: Crowd;
}

interface Verdict {
  /** How many got what they asked for, or how many records contradict each other. */
  readonly count: number;
  /** Outcomes that a race must not have, as text. */
  readonly strange: readonly string[];
}

/** A race, and how its `count` comes out when the guards hold. */
export interface Race {
  readonly name: string;
  readonly expected: number;
  run(course: Course): Promise<Verdict>;
}

/** Without guards chance decides: whether one of several runs of a race goes wrong. */
export async function goesWrong(race: Race, course: Course): Promise<boolean> {
  for (let run = 0; run < 30; run += 1) {
    if ((await race.run(course)).count > race.expected) return true;
  }
  return false;
}

export function wins(outcomes: readonly Outcome[]): unknown[] {
  return outcomes.flatMap((outcome) => (outcome.status === 'done' ? [outcome.output] : []));
}

/** What came out, besides done and these refusals. */
export function strange(outcomes: readonly Outcome[], ...refusals: string[]): string[] {
  return outcomes.flatMap((outcome) => {
    if (outcome.status === 'failed') return [outcome.message];
    return outcome.status === 'refused' && !refusals.includes(outcome.code) ? [outcome.code] : [];
  });
}

export function times<T>(count: number, make: (index: number) => T): T[] {
  return Array.from({ length: count }, (_, index) => make(index));
}

/** An output's field; races know what they called. */
export function field(output: unknown, name: string): unknown {
  if (typeof output !== 'object' || output === null) return undefined;
  return new Map<string, unknown>(Object.entries(output)).get(name);
}
