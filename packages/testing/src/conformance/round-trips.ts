import { aHold, insertOwner } from './records.ts';
import type { Part } from './suite.ts';
import type { Trips } from './trip.ts';
import { afterSale } from './trips-after-sale.ts';
import { money } from './trips-money.ts';
import { offered } from './trips-offered.ts';
import { waiting } from './trips-waitlist.ts';

const trips: Trips = { ...offered, ...money, ...afterSale, ...waiting };

/** What is written is what is read, to the last character. */
export function roundTrips({ it, expect, storage }: Part): void {
  it.each(Object.keys(trips))('gives back every value of a record: %s', async (name) => {
    const send = trips[name];
    const trip = await storage().write(async (tx) => send?.(tx, await insertOwner(tx)));
    expect(trip?.found).toEqual(trip?.wrote);
  });

  it('keeps the keys of a document in their order', async () => {
    const trip = await storage().write(async (tx) => await trips.hold?.(tx, await insertOwner(tx)));
    const quotes = [trip?.found, trip?.wrote].map((row) =>
      row !== undefined && 'quote' in row ? JSON.stringify(row.quote) : undefined,
    );
    expect(quotes[0]).toBe(quotes[1]);
    expect(quotes[0]).toContain('"lines"');
  });

  it('inserts many rows at once, and none', async () => {
    const { eventId } = await storage().write(async (tx) => {
      const owner = await insertOwner(tx);
      const holds = Array.from({ length: 500 }, (_, index) =>
        aHold(owner, { userId: index % 2 === 0 ? `user ${index}` : null }),
      );
      await tx.inventory.holds.insert(holds);
      await tx.inventory.holds.insert([]);
      return owner;
    });
    const page = await storage().read((tx) =>
      tx.inventory.holds.list({ eventId }, { limit: 1000, after: undefined }),
    );
    expect(page.items).toHaveLength(500);
    expect(page.items.filter(({ userId }) => userId === null)).toHaveLength(250);
  });
}
