import type { Dialect } from '../dialect/dialect.ts';

/**
 * One step of the schema. It never changes once a release has it: databases
 * that took it would differ from those that are made later.
 */
export interface Migration {
  /** Counts up from 1 without a gap. */
  readonly number: number;
  readonly name: string;
  /** Run one after another, all in one transaction. */
  statements(dialect: Dialect): readonly string[];
}
