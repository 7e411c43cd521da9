import type { Storage, Ticketi } from '@ticketi/core';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  aBoxOffice,
  aHold,
  aListing,
  aPaidOrder,
  type BoxOffice,
  testClock,
} from '../src/index.ts';
import { postgresBase, type TestBase, ticketiOn } from './support/databases.ts';
import { times } from './support/race.ts';

/** While the counters of the event are locked, on PostgreSQL: on SQLite nobody else writes then. */
describe('who comes to nothing', () => {
  const clock = testClock();
  let base: TestBase;
  let ticketi: Ticketi;
  let other: Storage;
  let office: BoxOffice;
  let unlock: () => void;
  let locked: Promise<void>;

  beforeEach(async () => {
    base = await postgresBase();
    ticketi = await ticketiOn(base.storage(), clock);
    other = base.storage();
    office = await aBoxOffice(ticketi, { capacity: 3 });
  });
  afterEach(async () => {
    unlock?.();
    await locked;
    await ticketi?.close();
    await other?.close();
    await base?.drop();
  });

  /** Locks every counter of the event until `unlock`, as somebody does who pays or cancels. */
  async function lockAll(): Promise<void> {
    await new Promise<void>((begun, failed) => {
      locked = other.write(async (tx) => {
        await tx.inventory.lockEvent(office.event.id);
        begun();
        await new Promise<void>((resolve) => {
          unlock = resolve;
        });
      });
      locked.catch(failed);
    });
  }

  test('hears that it is sold out without waiting for a lock', async () => {
    await Promise.all(times(3, (index) => aHold(ticketi, office, { userId: `first${index}` })));
    await lockAll();
    const crowd = await Promise.allSettled(
      times(200, (index) => aHold(ticketi, office, { userId: `late${index}` })),
    );
    expect(
      new Set(crowd.map((one) => (one.status === 'rejected' ? one.reason.code : 'done'))),
    ).toEqual(new Set(['sold_out']));
  });

  test('of a batch, those for whom there is room wait, and get it', async () => {
    await aHold(ticketi, office, { userId: 'first' });
    await lockAll();
    const tooMany = aHold(ticketi, office, { userId: 'group', quantity: 3 });
    const pair = aHold(ticketi, office, { userId: 'pair', quantity: 2 });
    unlock();
    await expect(tooMany).rejects.toMatchObject({ code: 'sold_out', details: { available: 2 } });
    expect((await pair).hold.state).toBe('active');
  });

  test('takes the place of a hold that has lapsed', async () => {
    await Promise.all(times(3, (index) => aHold(ticketi, office, { userId: `first${index}` })));
    clock.advance({ minutes: 15 });
    expect((await aHold(ticketi, office, { userId: 'next', quantity: 3 })).hold.state).toBe(
      'active',
    );
  });

  test('hears that a listing is reserved without waiting for a lock', async () => {
    const seller = await aPaidOrder(ticketi, office, { userId: 'seller' });
    const listing = await aListing(ticketi, seller);
    await ticketi.as({ type: 'user', id: 'quick' }).resale.reserve({ listingId: listing.id });
    await lockAll();
    const late = await Promise.allSettled(
      times(100, (index) =>
        ticketi.as({ type: 'user', id: `late${index}` }).resale.reserve({ listingId: listing.id }),
      ),
    );
    expect(
      new Set(late.map((one) => (one.status === 'rejected' ? one.reason.code : 'done'))),
    ).toEqual(new Set(['listing_closed']));
  });
});
