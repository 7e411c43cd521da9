// Sets up an event with orders, a listing and a scan, for tests of what is built on Ticketi.
// The clock stands still and ids come from a seed, so every run on an empty database makes the same
// records; only signing keys, and with them codes, are always new.
// `node seed.ts file.db`, or `node seed.ts postgres://...`.
import { createTicketi } from '@ticketi/core';
import { postgres } from '@ticketi/storage/postgres';
import { sqlite } from '@ticketi/storage/sqlite';
import { aBoxOffice, aListing, aPaidOrder, seededIds, testClock } from '@ticketi/testing';

const database = process.argv[2] ?? 'seed.db';
const clock = testClock('2040-06-01T12:00:00Z');
const ticketi = await createTicketi({
  storage: database.startsWith('postgres')
    ? postgres({ connectionString: database })
    : sqlite(database),
  clock,
  ids: seededIds(42, clock),
  keys: { secret: Buffer.alloc(32, 7) }, // known to everyone: for throwaway data only
});
try {
  const office = await aBoxOffice(ticketi, { ownerId: 'nora', capacity: 200 });
  const eventId = office.event.id;
  clock.advance({ minutes: 1 });
  const ada = await aPaidOrder(ticketi, office, { userId: 'ada', quantity: 2, codes: ['EARLY'] });
  const ben = await aPaidOrder(ticketi, office, { userId: 'ben' });
  const listing = await aListing(ticketi, ada, { price: 4500 });
  const [first] = ben.tickets;
  if (first === undefined) throw new Error('Ben has no ticket.');
  const { code } = await ticketi.tickets.code({ ticketId: first.id });
  const { admitted } = await ticketi.checkin.scan({ eventId, code, gate: 'North' });

  const organizerId = office.organizer.id;
  const report = { organizerId, eventId, orders: [ada.order.id, ben.order.id], admitted };
  process.stdout.write(`${JSON.stringify({ ...report, listingId: listing.id }, null, 2)}\n`);
} finally {
  await ticketi.close();
}
