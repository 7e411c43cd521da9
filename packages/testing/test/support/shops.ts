import { type ChildProcess, fork } from 'node:child_process';
import { EventEmitter, once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Dice } from './dice.ts';
import type { Step } from './purchase.ts';

/** What a process needs to sell. */
export interface Shop {
  readonly dialect: 'sqlite' | 'postgres';
  readonly at: string;
  readonly eventId: string;
  readonly typeIds: readonly string[];
  /** Begins the names of its users: no two processes share one. */
  readonly name: string;
  readonly seed: number;
  /** `asked`: before the answer, as no server may; for the negative control. */
  readonly acknowledges: 'answered' | 'asked';
}

/** What somebody was told. */
export interface Acknowledgement {
  readonly done: 'held' | 'ordered' | 'paid';
  readonly user: string;
  readonly ticketTypeId: string;
  readonly quantity: number;
  /** Of the hold, or of the order; undefined before the answer. */
  readonly id: string | undefined;
}

export type Answer =
  | Acknowledgement
  | 'ready'
  | 'refused'
  | { readonly strange: string }
  | { readonly asks: Step }
  /** The key of a step that was asked. */
  | { readonly answered: string };

interface Running {
  readonly child: ChildProcess;
  answers: number;
}

interface Rush {
  readonly acknowledged: readonly Acknowledgement[];
  readonly refused: number;
  readonly strange: readonly string[];
  /** What was asked and not answered any more. */
  readonly interrupted: readonly Step[];
  readonly kills: number;
}

const AT_ONCE = 4;
/** Forked before they are needed, since starting takes longer than a rush. */
const SPARE = 2;

/** Compiled once for all of them, which takes two thirds off the time of a start. */
const quickStart = {
  ...process.env,
  NODE_COMPILE_CACHE: join(tmpdir(), 'node-compile-cache'),
};

/**
 * Lets four processes sell, and kills one of them with SIGKILL in the middle of
 * its work, again and again; each time another one takes its place.
 */
export async function rushAndKill(
  shop: Omit<Shop, 'name' | 'seed'>,
  kills: number,
  chance: Dice,
): Promise<Rush> {
  const acknowledged: Acknowledgement[] = [];
  const strange: string[] = [];
  const asked = new Map<string, Step>();
  let refused = 0;
  const heard = new EventEmitter();
  let started = 0;

  async function start(): Promise<Running> {
    const child = fork(new URL('./shop-process.ts', import.meta.url), { env: quickStart });
    const running: Running = { child, answers: 0 };
    const ready = new Promise<void>((resolve, reject) => {
      child.once('exit', (code) => reject(new Error(`A shop ended with ${String(code)}.`)));
      child.on('message', (answer: Answer) => {
        if (typeof answer === 'object' && 'asks' in answer) {
          asked.set(answer.asks.key, answer.asks);
          return;
        }
        if (typeof answer === 'object' && 'answered' in answer) {
          asked.delete(answer.answered);
          return;
        }
        running.answers += 1;
        if (answer === 'ready') resolve();
        else if (answer === 'refused') refused += 1;
        else if ('strange' in answer) strange.push(answer.strange);
        else acknowledged.push(answer);
        heard.emit('answer');
      });
    });
    started += 1;
    child.send({ ...shop, name: `shop${started}`, seed: started * 100 } satisfies Shop);
    await ready;
    return running;
  }

  /** Until this many more answers of it have come. */
  async function hears(running: Running, more: number): Promise<void> {
    const enough = running.answers + more;
    while (running.answers < enough) await once(heard, 'answer');
  }

  const spares = Array.from({ length: AT_ONCE + SPARE }, start);
  const next = async (): Promise<Running> => {
    const running = await spares.shift();
    if (running === undefined) throw new Error('no shop is left');
    running.child.send('open');
    return running;
  };
  const open = await Promise.all(Array.from({ length: AT_ONCE }, next));
  for (let kill = 0; kill < kills; kill += 1) {
    const at = chance.below(AT_ONCE);
    const victim = open[at];
    if (victim === undefined) throw new Error('no shop is open');
    if (kill + SPARE < kills) spares.push(start());
    await hears(victim, 4 + chance.below(12));
    const gone = once(victim.child, 'exit');
    victim.child.kill('SIGKILL');
    const [, signal] = await gone;
    if (signal !== 'SIGKILL') throw new Error(`A shop ended by ${String(signal)}.`);
    open[at] = await next();
  }
  await Promise.all(open.map((running) => hears(running, 8)));
  const idle = await Promise.all(spares);
  await Promise.all(
    [...open, ...idle].map(async ({ child }) => {
      const gone = once(child, 'exit');
      child.send('stop');
      await gone;
    }),
  );
  return { acknowledged, refused, strange, interrupted: [...asked.values()], kills };
}
