import { expect, test } from 'vitest';
import { adminUrl } from '../../../tests/support/postgres.ts';
import { type SimulationReport, simulate } from '../src/index.ts';
import { play } from './simulation/play.ts';
import { type Control, controls, inMemory } from './support/sabotage.ts';

const OPS = 200;
const SQLITE_SEEDS = 25;
const POSTGRES_SEEDS = 10;
/** Seeds within which each missing guard is found. */
const CONTROL_SEEDS = 40;

async function logOf(seed: number): Promise<{ lines: string[]; digest: string }> {
  const lines: string[] = [];
  const { digest } = await play({ seed, ops: OPS, url: undefined }, (line) => lines.push(line));
  return { lines, digest };
}

test('the same seed gives the same log, line by line, and another seed another one', async () => {
  const [first, again, other] = [await logOf(42), await logOf(42), await logOf(43)];
  expect(first.lines.length).toBeGreaterThan(OPS);
  expect(again).toEqual(first);
  expect(other.digest).not.toBe(first.digest);
}, 120_000);

test.each([
  ['sqlite', SQLITE_SEEDS, (): string | undefined => undefined],
  ['postgres', POSTGRES_SEEDS, adminUrl],
] as const)(
  '%s keeps every invariant through %i lives',
  async (_name, seeds, urlOf) => {
    const faults = new Set<string>();
    for (let seed = 1; seed <= seeds; seed += 1) {
      const report = await play({ seed, ops: OPS, url: urlOf() });
      expect(report.failure, `seed ${seed}`).toBeUndefined();
      expect(report.steps).toBe(OPS);
      for (const name of Object.keys(report.faults)) faults.add(name);
    }
    expect(faults.size).toBeGreaterThan(9);
  },
  300_000,
);

async function caught(
  { storage = inMemory, sabotage }: Control,
  seed: number,
): Promise<SimulationReport['failure']> {
  const own = storage();
  const wrong = sabotage === undefined ? {} : { sabotage };
  const report = await simulate({ seed, ops: OPS, storage: own, ...wrong });
  await own.close();
  return report.failure;
}

test.each(controls)(
  'control: $name are found out',
  async (control) => {
    for (let seed = 1; seed <= CONTROL_SEEDS; seed += 1) {
      const failure = await caught(control, seed);
      if (failure === undefined) continue;
      expect(failure.invariant).toBe(control.caughtBy);
      expect(failure.steps.length).toBeGreaterThan(0);
      return;
    }
    throw new Error(`Nobody noticed: ${control.name}.`);
  },
  300_000,
);
