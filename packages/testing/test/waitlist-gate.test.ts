import type { Actor, EventRecord, Storage, Ticketi } from '@ticketi/core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { aBoxOffice, testClock } from '../src/index.ts';
import { postgresBase, type TestBase, ticketiOn } from './support/databases.ts';
import { wrapped } from './support/wrapped-storage.ts';

const anonymous: Actor = { type: 'anonymous' };

/**
 * Stops whoever buys between what they read and their locks, until `meanwhile` has
 * happened; once. What they read of the event is what they read first, where `stale`.
 * On SQLite nobody can come between: a transaction that writes is the only one.
 */
function interrupted(storage: Storage, meanwhile: () => Promise<void>, stale: boolean): Storage {
  let happened = false;
  return wrapped(storage, {
    inside: (tx) => {
      const seen = new Map<string, Promise<EventRecord | undefined>>();
      let locked: Promise<void> | undefined;
      const find = async (id: string) => {
        // What is sent behind the locks is answered when they are there.
        await locked;
        const found = (stale ? seen.get(id) : undefined) ?? tx.events.events.find(id);
        seen.set(id, found);
        return found;
      };
      return {
        ...tx,
        events: { ...tx.events, events: { ...tx.events.events, find } },
        inventory: {
          ...tx.inventory,
          async lockCounters(eventId, targetIds) {
            if (!happened) {
              happened = true;
              locked = meanwhile();
              await locked;
            }
            return tx.inventory.lockCounters(eventId, targetIds);
          },
        },
      };
    },
  });
}

let base: TestBase;
let ticketi: Ticketi;
const clock = testClock();

beforeAll(async () => {
  base = await postgresBase();
  ticketi = await ticketiOn(base.storage(), clock);
});
afterAll(async () => {
  await ticketi?.close();
  await base?.drop();
});

/** Somebody buys; before they have their locks the first one joins, and then a place comes free. */
async function buyWhileTheGateCloses(stale: boolean) {
  const office = await aBoxOffice(ticketi, { capacity: 2 });
  const eventId = office.event.id;
  await ticketi.waitlist.setPolicy({ eventId });
  const items = [{ ticketTypeId: office.standard.id, quantity: 1 }];
  const first = await ticketi.as(anonymous).holds.create({ eventId, items });
  const second = await ticketi.as(anonymous).holds.create({ eventId, items });
  // One place is free for who buys to come as far as the locks.
  await ticketi.holds.release({ holdId: second.id });
  const storage = interrupted(
    base.storage(),
    async () => {
      await ticketi.as({ type: 'user', id: 'eve' }).holds.create({ eventId, items });
      await ticketi.as({ type: 'user', id: 'ada' }).waitlist.join({
        eventId,
        ticketTypeIds: [office.standard.id],
        buyer: { name: 'Ada', email: 'ada@example.com' },
      });
      await ticketi.holds.release({ holdId: first.id });
    },
    stale,
  );
  const slow = await ticketiOn(storage, clock, { migrate: false });
  try {
    await slow.as(anonymous).holds.create({ eventId, items });
    return 'bought';
  } catch (error) {
    return error instanceof Error && 'details' in error ? error.details : error;
  } finally {
    await slow.close();
  }
}

test('whoever was about to buy when the first one joined finds that they come second', async () => {
  expect(await buyWhileTheGateCloses(false)).toMatchObject({ available: 0, waiting: true });
});

test('they would take the place if they did not look again under the locks', async () => {
  expect(await buyWhileTheGateCloses(true)).toBe('bought');
});
