import type * as z from 'zod';
import { type Executor, type Operation, system } from '../kernel/index.ts';
import { takeTurn } from './take-turn.ts';

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
    /** Whole minutes in which one worker does it once; left out: it is done when it is due. */
    readonly turnMinutes?: number;
    readonly input: z.input<Input>;
    readonly piece: (output: z.output<Output>) => Piece;
  },
): Job {
  return {
    name: operation.name,
    everySeconds,
    async run(executor) {
      if (turnMinutes !== undefined) {
        const turn = { job: operation.name, minutes: turnMinutes };
        const { taken } = await executor.execute(takeTurn, system, turn);
        if (!taken) return { done: 0, more: false };
      }
      return piece(await executor.execute(operation, system, input));
    },
  };
}
