import type { Ids } from '@ticketi/core';
import { createTicketi, type Storage, type Ticketi } from '@ticketi/core';
import type { TestClock } from '../clock.ts';
import type { Bank } from './bank.ts';
import type { Danger } from './faults.ts';
import type { Journal } from './journal.ts';
import { type Life, type Sabotage, startLife } from './machine.ts';
import { type Outcome, outcomeOfError } from './outcome.ts';
import type { Planned } from './world.ts';

/** Ticketi in a process, and another one when that has died. */
export interface Desk {
  /** The Ticketi of the running process. */
  ticketi(): Ticketi;
  /** Makes a call; one that the process does not live to answer is unanswered. */
  make(planned: Planned, idempotencyKey: string | undefined): Promise<Outcome>;
  /** Starts a new process where the last one has died; says whether it had to. */
  restart(): Promise<boolean>;
}

export interface DeskParts {
  readonly storage: Storage;
  readonly clock: TestClock;
  readonly ids: Ids;
  readonly bank: Bank;
  readonly journal: Journal;
  readonly danger: Danger;
  readonly sabotage: Sabotage | undefined;
}

/** Every process has the same secret. */
const secret = new Uint8Array(32).fill(7);

export async function openDesk(parts: DeskParts): Promise<Desk> {
  const { clock, ids, bank, danger } = parts;

  async function open(life: Life): Promise<Ticketi> {
    return createTicketi({
      storage: life.storage,
      clock,
      ids,
      keys: { secret },
      payments: bank.providers(life),
    });
  }

  let life = startLife(parts);
  let ticketi = await open(life);
  return {
    ticketi: () => ticketi,
    async make({ operation, actor, input }, idempotencyKey) {
      const answered = ticketi
        .as(actor)
        .call(operation, input, { idempotencyKey })
        .then(
          (output): Outcome => ({ is: 'done', output }),
          (error: unknown) => outcomeOfError(error, danger.struck() !== undefined),
        );
      const died = life.over.then((): Outcome => ({ is: 'unanswered', code: 'process_died' }));
      return Promise.race([answered, died]);
    },
    async restart() {
      if (!life.isOver) return false;
      await life.settled();
      life = startLife(parts);
      ticketi = await open(life);
      return true;
    },
  };
}
