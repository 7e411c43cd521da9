import type { Storage } from '@ticketi/core';
import type { Callers } from './callers.ts';
import type { Desk } from './desk.ts';
import { ofCommits, ofLooks, ofSteps, ofTheEnd } from './invariants/index.ts';
import { stakesOf } from './places.ts';
import { Broken, createTally } from './report.ts';
import type { World } from './world.ts';

/** Looks whether what must always be so is so; throws `Broken` where it is not. */
export interface Inspector {
  /** How often each invariant was looked at. */
  readonly checks: Readonly<Record<string, number>>;
  /** Of the step's transactions and of what is known without looking. */
  afterStep(): Promise<void>;
  /** Of the database. */
  look(): Promise<void>;
  /** Of everything, when nothing is due any more. */
  atTheEnd(): Promise<void>;
}

interface InspectorParts {
  readonly world: World;
  readonly desk: Desk;
  readonly storage: Storage;
  readonly callers: Callers;
}

interface Rule<Subject> {
  readonly name: string;
  readonly find: (subject: Subject) => readonly string[] | Promise<readonly string[]>;
}

export function createInspector({ world, desk, storage, callers }: InspectorParts): Inspector {
  const { counts, add } = createTally();

  async function hold<Subject>(rules: readonly Rule<Subject>[], subject: Subject): Promise<void> {
    for (const { name, find } of rules) {
      add(name);
      const findings = await find(subject);
      if (findings.length > 0) throw new Broken(name, findings);
    }
  }

  const looked = () => ({
    ...world,
    ticketi: desk.ticketi(),
    storage,
    acknowledged: callers.acknowledged,
  });
  return {
    checks: counts,
    async afterStep() {
      for (const written of world.journal.step) await hold(ofCommits, { ...world, written });
      await hold(ofSteps, { ...world, stakes: stakesOf(world) });
    },
    look: () => hold(ofLooks, looked()),
    async atTheEnd() {
      await hold(ofLooks, looked());
      await hold(ofTheEnd, looked());
    },
  };
}
