import type { Storage } from '@ticketi/core';
import { testClock } from '../clock.ts';
import { seededIds } from '../ids.ts';
import { createBank } from './bank.ts';
import { type Callers, createCallers } from './callers.ts';
import { chanceOf } from './chance.ts';
import { type Desk, openDesk } from './desk.ts';
import { createDanger, type Danger } from './faults.ts';
import { createInspector, type Inspector } from './inspector.ts';
import { createJournal } from './journal.ts';
import { createListener } from './listener.ts';
import { createLog, type Log } from './log.ts';
import type { Sabotage } from './machine.ts';
import { openOffice } from './office.ts';
import { Broken, createTally, type SimulationReport, type Tally } from './report.ts';
import { runSteps } from './steps.ts';
import type { World } from './world.ts';

export interface SimulateOptions {
  /** Everything that happens follows from it: a whole number. */
  readonly seed: number;
  /** How many steps. Default 200. */
  readonly ops?: number;
  /** Which of them are played, by their numbers. Default: all. */
  readonly only?: ReadonlySet<number>;
  /** An empty database; the caller closes it. */
  readonly storage: Storage;
  /** Called with each line of the log, as it is written. */
  readonly onLine?: (line: string) => void;
  /** For tests of the simulator itself: what is done wrong between Ticketi and the rest. */
  readonly sabotage?: Sabotage;
}

/** What a simulation consists of. */
export interface Simulation {
  readonly world: World;
  readonly desk: Desk;
  readonly danger: Danger;
  readonly callers: Callers;
  readonly inspector: Inspector;
  readonly log: Log;
  readonly calls: Tally;
  readonly faults: Tally;
}

/**
 * Lets random buyers, sellers, organizers, doors and a provider use Ticketi on a
 * virtual clock while the database, the provider and the process fail them, and
 * looks after each step whether everything that must always be so is so. What
 * happens follows from the seed alone: the same seed on the same database kind
 * gives the same log, line by line.
 *
 * It does not throw when an invariant is broken: `failure` in the report says
 * which, after which step, and what led there.
 */
export async function simulate(options: SimulateOptions): Promise<SimulationReport> {
  const { seed, ops = 200, only, storage, onLine, sabotage } = options;
  const chance = chanceOf(seed);
  const clock = testClock();
  const journal = createJournal();
  const danger = createDanger();
  const bank = createBank(chance, danger, sabotage?.provider);
  const log = createLog(onLine);
  const ids = seededIds(seed, clock);
  const desk = await openDesk({ storage, clock, ids, bank, journal, danger, sabotage });
  const office = await openOffice(desk.ticketi(), chance);
  const world: World = {
    ...{ chance, clock, journal, bank, office },
    tokens: new Map(),
    cardCodes: new Map(),
    offerCodes: new Map(),
    ticketCodes: [],
    checkinLists: new Map(),
    devices: [],
    listeners: [createListener(), createListener()],
  };
  const callers = createCallers(world);
  const inspector = createInspector({ world, desk, storage, callers });
  const calls = createTally();
  const faults = createTally();
  const simulation = { world, desk, danger, callers, inspector, log, calls, faults };

  let step = 0;
  let failure: SimulationReport['failure'];
  try {
    for await (const begun of runSteps(simulation, ops, only)) step = begun;
  } catch (error) {
    if (!(error instanceof Broken)) throw error;
    const { invariant, findings } = error;
    failure = { step, invariant, findings: findings.slice(0, 10), steps: log.last() };
  }
  return {
    seed,
    steps: Math.min(step, ops),
    calls: calls.counts,
    faults: faults.counts,
    checks: inspector.checks,
    digest: log.digest(),
    failure,
  };
}
