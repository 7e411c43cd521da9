import { expect, test } from 'vitest';
import { adminUrl } from '../../../tests/support/postgres.ts';
import { type SimulationReport, simulate } from '../src/index.ts';
import { play } from './simulation/play.ts';
import { shrink } from './simulation/shrink.ts';
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
  only?: ReadonlySet<number>,
): Promise<SimulationReport['failure']> {
  const own = storage();
  const wrong = sabotage === undefined ? {} : { sabotage };
  const some = only === undefined ? {} : { only };
  const report = await simulate({ seed, ops: OPS, storage: own, ...wrong, ...some });
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

test('a life that breaks an invariant shrinks to the few steps that do', async () => {
  const control = controls.find(({ name }) => name === 'tickets that are not made');
  const failure = control && (await caught(control, 1));
  if (control === undefined || failure === undefined) throw new Error('Nothing broke.');
  const { only, failure: shrunk } = await shrink(failure, OPS, (some) => caught(control, 1, some));
  // Somebody holds places, places an order and pays.
  expect(only.length).toBeLessThanOrEqual(4);
  expect(shrunk.invariant).toBe(control.caughtBy);
  expect(await caught(control, 1, new Set(only))).toEqual(shrunk);
  for (const step of only) {
    const fewer = await caught(control, 1, new Set(only.filter((own) => own !== step)));
    expect(fewer?.invariant).not.toBe(control.caughtBy);
  }
}, 120_000);
