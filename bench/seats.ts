// How long a best-available hold takes in a stadium of 60,000 seats of which half are sold at
// random. Everything goes through the public SDK and a real database:
//
//   node --conditions=ticketi-source bench/seats.ts sqlite
//   node --conditions=ticketi-source bench/seats.ts postgres://user@host/database
//
// In a folder that can resolve the packages, as packages/cli.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createTicketi, type Storage, type Ticketi } from '@ticketi/core';

const TIERS = [
  { key: 'lower', sections: 24, rows: 28, seats: 26, distance: 110 },
  { key: 'middle', sections: 24, rows: 28, seats: 30, distance: 145 },
  { key: 'upper', sections: 24, rows: 28, seats: 34, distance: 180 },
] as const;
const SOLD_AT_ONCE = 500;
const HOLDS = 400;

const where = process.argv[2] ?? 'sqlite';
const folder = mkdtempSync(join(tmpdir(), 'ticketi-seats-'));
const ticketi = await createTicketi({ storage: await storageAt(where) });
try {
  await measure(ticketi);
} finally {
  await ticketi.close();
  rmSync(folder, { recursive: true, force: true });
}

async function storageAt(place: string): Promise<Storage> {
  if (place === 'sqlite') {
    const { sqlite } = await import('@ticketi/storage/sqlite');
    return sqlite(join(folder, 'stadium.db'));
  }
  const { postgres } = await import('@ticketi/storage/postgres');
  return postgres({ connectionString: place }, `seats_${process.pid}`);
}

async function measure(box: Ticketi): Promise<void> {
  const { eventId, typeIds, labels } = await stadium(box);
  const began = performance.now();
  const sold = shuffled(labels).slice(0, labels.length / 2);
  for (let at = 0; at < sold.length; at += SOLD_AT_ONCE * 20) {
    const parts = Array.from({ length: 20 }, (_, part) =>
      sold.slice(at + part * SOLD_AT_ONCE, at + (part + 1) * SOLD_AT_ONCE),
    );
    await Promise.all(parts.filter((part) => part.length > 0).map((part) => sell(part)));
  }
  console.log(`${sold.length} of ${labels.length} seats sold in ${seconds(began)} s`);

  for (let warm = 0; warm < 20; warm += 1) await hold(2);
  const times = new Map<number, number[]>();
  for (let turn = 0; turn < HOLDS; turn += 1) {
    const quantity = 1 + (turn % 8);
    const start = performance.now();
    await hold(quantity);
    times.set(quantity, [...(times.get(quantity) ?? []), performance.now() - start]);
  }
  const row = (name: string, all: number[]) => {
    const sorted = all.toSorted((a, b) => a - b);
    const at = (share: number) => (sorted[Math.floor(sorted.length * share)] ?? 0).toFixed(1);
    console.log(`${name.padEnd(12)} p50 ${at(0.5)} ms  p99 ${at(0.99)} ms`);
  };
  for (const [quantity, own] of times) row(`${quantity} seats`, own);
  row('all', [...times.values()].flat());
  const start = performance.now();
  await Promise.all(Array.from({ length: HOLDS }, (_, turn) => hold(1 + (turn % 4))));
  console.log(
    `${HOLDS} at once: ${Math.round((HOLDS * 1000) / (performance.now() - start))} holds/s`,
  );

  function sell(seats: string[]) {
    const byTier = Map.groupBy(seats, (label) => label.replace(/\d.*/, ''));
    const items = [...byTier].map(([tier, own]) => ({
      ticketTypeId: typeIds.get(tier) ?? '',
      quantity: own.length,
      seats: own,
    }));
    return box.holds
      .create({ eventId, items })
      .then(({ id: holdId }) =>
        box.orders.place({ holdId, buyer: { name: 'Fan', email: 'fan@example.com' } }),
      );
  }
  function hold(quantity: number) {
    const items = [{ ticketTypeId: typeIds.get('anywhere') ?? '', quantity }];
    return box.holds.create({ eventId, items });
  }
}

async function stadium(box: Ticketi) {
  const { id: organizerId } = await box
    .as({ type: 'user', id: 'u' })
    .organizers.create({ name: 'Club' });
  const event = await box.events.create({
    organizerId,
    name: 'Final',
    timezone: 'Europe/Berlin',
    currency: 'EUR',
    sessions: [{ startsAt: '2097-07-10T18:00', endsAt: '2097-07-10T21:00' }],
  });
  const eventId = event.id;
  const sections = TIERS.flatMap(({ key, sections: count, rows, seats, distance }) =>
    Array.from({ length: count }, (_, index) => ({
      key: `${key}${index + 1}`,
      category: key,
      layout: { bearing: index * (360 / count) - 180, distance, curved: true },
      rows: Array.from({ length: rows }, (_row, row) => ({ name: row + 1, seats })),
    })),
  );
  const map = await box.seatMaps.create({ organizerId, name: 'Stadium', sections });
  await box.seatMaps.assign({ sessionId: event.sessions[0]?.id ?? '', seatMapId: map.id });
  const typeIds = new Map<string, string>();
  for (const { key } of TIERS) {
    const seating = { categories: [key] };
    const type = await box.ticketTypes.create({
      eventId,
      name: key,
      price: 0,
      seating,
      maxPerOrder: 1000,
    });
    typeIds.set(key, type.id);
  }
  const anywhere = await box.ticketTypes.create({
    eventId,
    name: 'anywhere',
    price: 0,
    seating: { categories: TIERS.map(({ key }) => key) },
  });
  typeIds.set('anywhere', anywhere.id);
  await box.events.publish({ eventId });
  const labels = sections.flatMap(({ key, rows }) =>
    rows.flatMap(({ name, seats }) =>
      Array.from({ length: seats }, (_, seat) => `${key}-${name}-${seat + 1}`),
    ),
  );
  return { eventId, typeIds, labels };
}

/** Always the same order, so that two runs measure the same stadium. */
function shuffled(labels: readonly string[]): string[] {
  const order = [...labels];
  let state = 42;
  for (let last = order.length - 1; last > 0; last -= 1) {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    const other = state % (last + 1);
    [order[last], order[other]] = [order[other] ?? '', order[last] ?? ''];
  }
  return order;
}

function seconds(since: number): string {
  return ((performance.now() - since) / 1000).toFixed(1);
}
