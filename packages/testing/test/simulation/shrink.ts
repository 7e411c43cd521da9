import type { SimulationFailure } from '../../src/index.ts';

/** What is left of a life that breaks an invariant. */
export interface Shrunk {
  /** The steps that it takes, by their numbers. */
  readonly only: readonly number[];
  readonly failure: SimulationFailure;
}

/** Plays some steps of a life, and says what broke. */
type Attempt = (only: ReadonlySet<number>) => Promise<SimulationFailure | undefined>;

/**
 * Leaves out steps of a life that breaks an invariant, first halves of them and last single ones,
 * as long as the same invariant breaks (delta debugging). A step that finds less than it found
 * before may do something else, so what is left need not be the shortest life that breaks it.
 *
 * @param attempts how often it is played at most
 */
export async function shrink(
  failure: SimulationFailure,
  ops: number,
  attempt: Attempt,
  attempts = 400,
): Promise<Shrunk> {
  const upTo = (step: number, steps: readonly number[]) => steps.filter((own) => own <= step);
  const all = Array.from({ length: ops }, (_, index) => index + 1);
  let shrunk: Shrunk = { only: upTo(failure.step, all), failure };
  let left = attempts;
  let size = Math.ceil(shrunk.only.length / 2);
  while (size > 0) {
    let at = 0;
    while (at < shrunk.only.length && left > 0) {
      left -= 1;
      const only = shrunk.only.toSpliced(at, size);
      const broken = await attempt(new Set(only));
      if (broken?.invariant !== failure.invariant) at += size;
      else shrunk = { only: upTo(broken.step, only), failure: broken };
    }
    size = size === 1 ? 0 : Math.ceil(size / 2);
  }
  return shrunk;
}
