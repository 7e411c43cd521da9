import type { Actor } from '@ticketi/core';
import { DOOR, OWNER } from '../office.ts';
import { type Action, isAnswer, type RevocationDelta, some } from '../world.ts';

const SYSTEM: Actor = { type: 'system' };
const MOST_KEYS = 5;

/** Keys come and go, and devices ask what was revoked. */
export const keys: readonly Action[] = [
  {
    weight: 1,
    plan: ({ journal, office: { organizerId } }) =>
      journal.books.key.size < MOST_KEYS
        ? { operation: 'signingKeys.rotate', actor: OWNER, input: { organizerId } }
        : undefined,
  },
  {
    weight: 1,
    plan(world) {
      if (world.journal.books.key.size >= MOST_KEYS || world.chance.percent(40)) return undefined;
      const key = some(world, 'key', ({ id }) => world.ticketCodes.some((own) => own.keyId === id));
      return key && { operation: 'signingKeys.revoke', actor: OWNER, input: { keyId: key.id } };
    },
  },
  {
    weight: 2,
    plan: ({ chance }) => ({
      operation: 'tickets.numberRevocations',
      actor: SYSTEM,
      input: { limit: chance.pick([1, 2, 1000]) },
    }),
  },
  {
    weight: 4,
    plan({ chance, listeners, office: { eventId } }) {
      const listener = chance.pick(listeners);
      if (listener === undefined) return undefined;
      return {
        operation: 'tickets.revocations',
        actor: DOOR,
        input: { eventId, ...listener.ask, limit: chance.pick([1, 2, 5, 1000]) },
        learn(output) {
          if (isAnswer<RevocationDelta>(output, 'sequence')) listener.hear(output);
        },
      };
    },
  },
];
