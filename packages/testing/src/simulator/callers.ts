import { isDeepStrictEqual } from 'node:util';
import { operationsByName, plusMinutes } from '@ticketi/core';
import type { Outcome } from './outcome.ts';
import type { Planned, World } from './world.ts';

/** A call that was made with a key, and may be made again. */
export interface Made {
  readonly planned: Planned;
  readonly key: string;
  readonly at: string;
  /** The first answer; undefined: there was none yet. */
  first: unknown;
}

/** What callers remember of their calls: to ask again, and to compare the answers. */
export interface Callers {
  /** Calls whose outcome nobody knows, oldest first. */
  readonly unanswered: Made[];
  /** The last calls that were answered. */
  readonly answered: Made[];
  /** What they were told is so: records by kind and id, with their state. */
  readonly acknowledged: Map<string, string>;
  /** Takes an outcome in; returns what is wrong with it. */
  hear(made: Made, outcome: Outcome): string | undefined;
}

const KEPT = 30;
/** A day, less a moment: how long an answer is kept. */
const KEPT_MINUTES = 24 * 60 - 1;

export function createCallers({ clock }: Pick<World, 'clock'>): Callers {
  const unanswered: Made[] = [];
  const answered: Made[] = [];
  const acknowledged = new Map<string, string>();

  function acknowledge(output: unknown): void {
    if (typeof output !== 'object' || output === null) return;
    const id: unknown = Reflect.get(output, 'id');
    const state: unknown = Reflect.get(output, 'state');
    if (typeof id !== 'string' || typeof state !== 'string') return;
    const kind = id.startsWith('ord_') ? 'order' : id.startsWith('tkt_') ? 'ticket' : undefined;
    if (kind === undefined) return;
    // A repeat is told what was so at first, which may have changed since.
    const before = acknowledged.get(`${kind} ${id}`);
    if (before === undefined || FIRST.has(before)) acknowledged.set(`${kind} ${id}`, state);
  }

  return {
    unanswered,
    answered,
    acknowledged,
    hear(made, outcome) {
      const { planned, key, at, first } = made;
      if (outcome.is === 'done') {
        planned.learn?.(outcome.output);
        acknowledge(outcome.output);
      }
      if (key === '') return undefined;
      if (outcome.is === 'unanswered') {
        if (!unanswered.includes(made)) unanswered.push(made);
        return undefined;
      }
      if (unanswered.includes(made)) unanswered.splice(unanswered.indexOf(made), 1);
      const isKept = clock.now() < plusMinutes(at, KEPT_MINUTES);
      const isWrite = operationsByName.get(planned.operation)?.kind === 'write';
      if (first !== undefined && isKept && isWrite) {
        if (outcome.is === 'refused') return `${planned.operation} ${key} is refused now`;
        if (outcome.is === 'done' && !isDeepStrictEqual(first, outcome.output)) {
          return `${planned.operation} ${key} is answered differently`;
        }
      }
      if (outcome.is === 'done' && first === undefined) {
        made.first = outcome.output;
        answered.push(made);
        if (answered.length > KEPT) answered.shift();
      }
      return undefined;
    },
  };
}

/** States that a record begins with. */
const FIRST = new Set(['pending', 'valid']);
