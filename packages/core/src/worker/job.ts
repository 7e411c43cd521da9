import type * as z from 'zod';
import { type Executor, type Operation, system } from '../kernel/index.ts';
import { dropTurn, takeTurn } from './take-turn.ts';

/** Background work: an operation of the system that does a bounded piece of what is due. */
export interface Job {
  /** The operation's name. */
  readonly name: string;
  /** Seconds until it is looked for again after nothing was due. */
  readonly everySeconds: number;
  /** Does one piece. */
  run(executor: Executor): Promise<Piece>;
}

export interface Piece {
  /** How much was done: places taken back, payments asked about, deliveries sent. */
  readonly done: number;
  /** Whether more may be due at once. */
  readonly more: boolean;
  /** What some of it failed with; that is due again later. */
  readonly problem?: Error | undefined;
}

/** Declares a job over an operation that several workers may run at once. */
export function job<Input extends z.ZodObject, Output extends z.ZodType>(
  operation: Operation<Input, Output>,
  {
    everySeconds,
    turnMinutes,
    input,
    piece,
  }: {
    readonly everySeconds: number;
    /** Whole minutes in which one of the workers that know the same providers does it once; left out: it is done when it is due. */
    readonly turnMinutes?: number;
    readonly input: z.input<Input>;
    readonly piece: (output: z.output<Output>) => Piece;
  },
): Job {
  return {
    name: operation.name,
    everySeconds,
    async run(executor) {
      const work = async () => piece(await executor.execute(operation, system, input));
      if (turnMinutes === undefined) return work();
      const { name } = operation;
      const turn = { job: name, minutes: turnMinutes };
      const { until } = await executor.execute(takeTurn, system, turn);
      if (until === null) return { done: 0, more: false };
      try {
        return await work();
      } catch (error) {
        // Where the database is away it lapses by itself.
        const dropped = executor.execute(dropTurn, system, { job: name, until });
        await dropped.catch(() => undefined);
        throw error;
      }
    },
  };
}
