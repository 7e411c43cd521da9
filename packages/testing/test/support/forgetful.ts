import type { Storage } from '@ticketi/core';
import { wrapped } from './wrapped-storage.ts';

/** A storage that does not write down that a catalogue has changed. */
export function forgetful(storage: Storage): Storage {
  return wrapped(storage, {
    inside: (tx) => ({
      ...tx,
      events: {
        ...tx.events,
        events: {
          ...tx.events.events,
          setCatalogueVersion: () => Promise.resolve(),
          setCatalogueVersions: () => Promise.resolve(),
        },
      },
    }),
  });
}
