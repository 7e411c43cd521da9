import type { Storage, Ticketi } from '@ticketi/core';
import type { Written } from '../journal.ts';
import type { Stake } from '../places.ts';
import type { World } from '../world.ts';

/** Something that is always so; `find` tells, as text, where it is not. */
interface Rule<Subject> {
  readonly name: string;
  readonly find: (subject: Subject) => readonly string[] | Promise<readonly string[]>;
}

/** What one committed transaction is looked at with. */
interface Committed extends World {
  readonly written: Written;
}

/** What is looked at after a step. */
interface Stepped extends World {
  readonly stakes: readonly Stake[];
}

/** What the database is looked at with: it is healthy at that moment. */
interface Looked extends World {
  readonly ticketi: Ticketi;
  /** The storage itself, without faults. */
  readonly storage: Storage;
  /** What callers were told is so: records by kind and id, with the state that they were told. */
  readonly acknowledged: ReadonlyMap<string, string>;
}

/** Of every transaction, when it was committed. */
export type CommitRule = Rule<Committed>;
/** After every step, of what is known without looking. */
export type StepRule = Rule<Stepped>;
/** Every so many steps and at the end, of the database. */
export type LookRule = Rule<Looked>;
