import type { Ticketi } from '@ticketi/core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { payInCash, testClock } from '../src/index.ts';
import { databases, type TestBase, ticketiOn } from './support/databases.ts';
import { dice } from './support/dice.ts';
import { aSeatedOffice, labelsOf, type SeatedOffice } from './support/seated.ts';

const ROWS = 50;
const SEATS = 100;

/** Free seats of a row, `1` to `SEATS` from the left, that have a free neighbour on neither side. */
function lonely(row: string): Set<number> {
  const free = (at: number) => row[at] === 'f';
  const alone = [...row].flatMap((_, at) =>
    free(at) && !free(at - 1) && !free(at + 1) ? [at] : [],
  );
  return new Set(alone);
}

/** How many seats a block would newly leave alone; undefined: it is not free. */
function orphans(row: string, start: number, size: number): number | undefined {
  if (row.slice(start, start + size) !== 'f'.repeat(size)) return undefined;
  const before = lonely(row);
  const after = lonely(row.slice(0, start) + 'h'.repeat(size) + row.slice(start + size));
  return [...after].filter((at) => !before.has(at)).length;
}

describe.each(databases)('a stadium that is half sold, on %s', (_name, create) => {
  const clock = testClock();
  let base: TestBase;
  let ticketi: Ticketi;
  let office: SeatedOffice;
  beforeAll(async () => {
    base = await create();
    ticketi = await ticketiOn(base.storage(), clock);
    const rows = Array.from({ length: ROWS }, (_, row) => ({ name: row + 1, seats: SEATS }));
    office = await aSeatedOffice(ticketi, [{ key: 'a', rows }]);
    const eventId = office.event.id;

    const labels = Array.from(
      { length: ROWS * SEATS },
      (_, at) => `a-${Math.floor(at / SEATS) + 1}-${(at % SEATS) + 1}`,
    );
    const drawn = dice(7).some(labels, (ROWS * SEATS) / 2);
    const aside = drawn.splice(0, 1500);
    await ticketi.blocks.create({
      eventId,
      sessionId: office.sessionId,
      seats: aside,
      reason: 'Season tickets',
    });
    for (let first = 0; first < drawn.length; first += SEATS) {
      const seats = drawn.slice(first, first + SEATS);
      const items = [{ ticketTypeId: office.typeOf('a'), quantity: seats.length, seats }];
      const { id: holdId } = await ticketi.holds.create({ eventId, items });
      const buyer = { name: 'Anna', email: 'anna@example.com' };
      await payInCash(ticketi, await ticketi.orders.place({ holdId, buyer }));
    }
  }, 60_000);
  afterAll(async () => {
    expect((await ticketi.diagnose()).checks.filter(({ ok }) => !ok)).toEqual([]);
    await ticketi?.close();
    await base?.drop();
  });

  const state = () => ticketi.seatMaps.state({ sessionId: office.sessionId });

  test('has half of its seats left', async () => {
    const { counts } = await state();
    expect(counts).toEqual({ free: 2500, held: 0, sold: 1000, blocked: 1500 });
  });

  test.each([1, 2, 3, 4, 5, 6, 7, 8])(
    '%i sit together, on free seats, and leave as few alone as can be',
    async (size) => {
      const rows = (await state()).sections[0]?.rows ?? [];
      const blocks = rows.flatMap(({ seats }) =>
        Array.from({ length: SEATS }, (_, start) => orphans(seats, start, size)),
      );
      const fewest = Math.min(...blocks.map((count) => count ?? Number.POSITIVE_INFINITY));
      const held = await ticketi.holds.create({
        eventId: office.event.id,
        items: [{ ticketTypeId: office.typeOf('a'), quantity: size }],
      });
      const places = labelsOf(held).map((label) => label.split('-').slice(1).map(Number));
      const [[row = 0, first = 0] = []] = places;
      expect(places).toEqual(Array.from({ length: size }, (_, at) => [row, first + at]));
      expect(orphans(rows[row - 1]?.seats ?? '', first - 1, size)).toBe(fewest);
    },
  );
});
