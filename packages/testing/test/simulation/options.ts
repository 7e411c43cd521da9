import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';

export interface Options {
  /** The first seed; the others follow it. */
  readonly seed: number;
  readonly seeds: number;
  readonly ops: number;
  /** Steps that are played, by their numbers; undefined: all. */
  readonly only: readonly number[] | undefined;
  readonly storage: 'sqlite' | 'postgres';
  /** Whether to print every step. */
  readonly trace: boolean;
  /** Processes that play seeds side by side. */
  readonly workers: number;
}

export function readOptions(args: readonly string[]): Options {
  const { values } = parseArgs({
    args: [...args],
    options: {
      seed: { type: 'string', default: '1' },
      seeds: { type: 'string', default: '1' },
      ops: { type: 'string', default: '200' },
      only: { type: 'string' },
      storage: { type: 'string', default: 'sqlite' },
      trace: { type: 'boolean', default: false },
      workers: { type: 'string', default: String(Math.min(2, availableParallelism())) },
    },
  });
  const { storage } = values;
  if (storage !== 'sqlite' && storage !== 'postgres') {
    throw new RangeError(`--storage is sqlite or postgres, not ${storage}.`);
  }
  const seeds = whole('seeds', values.seeds, 1);
  const workers = Math.min(whole('workers', values.workers, 1), seeds);
  return {
    seed: whole('seed', values.seed, 0),
    seeds,
    ops: whole('ops', values.ops, 1),
    only: values.only?.split(',').map((step) => whole('only', step, 1)),
    storage,
    trace: values.trace,
    workers: values.trace ? 1 : workers,
  };
}

function whole(name: string, text: string, least: number): number {
  const value = Number(text);
  if (Number.isSafeInteger(value) && value >= least) return value;
  throw new RangeError(`--${name} is a whole number from ${least} on, not ${text}.`);
}
