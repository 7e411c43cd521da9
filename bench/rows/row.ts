import type { ContestOptions } from '../contest.ts';
import type { Result } from '../result.ts';
import type { Base } from '../stage/base.ts';

/** How long and how often to measure. */
export type Effort = Omit<ContestOptions, 'buyers'> & {
  /** Whether it is only to be seen that everything works. */
  readonly quick: boolean;
};

export interface RowContext {
  readonly effort: Effort;
  /** Whom to measure: the names that begin with one of these; all when left out. */
  readonly contenders: readonly string[] | undefined;
  /** A fresh database, removed when the row is done. */
  postgres(): Promise<Base>;
  sqlite(): Promise<Base>;
}

/** One row of the table, or a few that belong together. */
export interface BenchRow {
  /** What `--only` calls it. */
  readonly name: string;
  run(context: RowContext): Promise<readonly Result[]>;
}
