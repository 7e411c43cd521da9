import { TicketiError } from '@ticketi/core';

/** Something that one has at a time, first come first served. */
export interface Turns {
  /** Resolves when it is the caller's turn; throws `busy` when that takes a minute. */
  take(): Promise<void>;
  /** Ends the turn, and the next one begins. */
  pass(): void;
}

const PATIENCE_MILLIS = 60_000;

export function createTurns(): Turns {
  const waiting: (() => void)[] = [];
  let taken = false;
  return {
    take() {
      if (!taken) {
        taken = true;
        return Promise.resolve();
      }
      return new Promise((resolve, reject) => {
        const begin = () => {
          clearTimeout(timer);
          resolve();
        };
        const timer = setTimeout(() => {
          waiting.splice(waiting.indexOf(begin), 1);
          reject(tooLong());
        }, PATIENCE_MILLIS);
        waiting.push(begin);
      });
    },
    pass() {
      const next = waiting.shift();
      if (next === undefined) taken = false;
      else next();
    },
  };
}

function tooLong(): TicketiError {
  return new TicketiError({
    code: 'busy',
    kind: 'busy',
    message: `A transaction waited ${PATIENCE_MILLIS / 1000} s for those before it.`,
    hint: 'If nothing else runs: a transaction was begun and awaited inside another one.',
    details: { retryAfterSeconds: 1 },
  });
}
