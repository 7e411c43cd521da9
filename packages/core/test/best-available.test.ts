import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  bestAvailable,
  countAvailable,
  orphansOf,
  type Party,
} from '../src/seating/best-available.ts';
import { compileDraft } from '../src/seating/compile.ts';
import { SeatMapDraft } from '../src/seating/draft.ts';
import { type House, labelOf, openHouse } from '../src/seating/house.ts';

function house(sections: readonly object[], more: object = {}): House {
  const document = compileDraft(SeatMapDraft.parse({ name: 'Hall', sections, ...more }));
  if (!('sections' in document)) throw new Error(JSON.stringify(document));
  return openHouse(document);
}

function party(of: House, size: number, more: Partial<Party> = {}): Party {
  return {
    size,
    accessible: 0,
    categories: new Uint8Array(of.categories.length).fill(1),
    sections: new Uint8Array(of.sections.length).fill(1),
    maySplit: false,
    ...more,
  };
}

/** Seats given as a picture: one row a line, `x` taken, `.` free. */
function takenFrom(picture: string): Uint8Array {
  return Uint8Array.from([...picture.replaceAll(/\s/g, '')].map((seat) => (seat === '.' ? 0 : 1)));
}

const labels = (of: House, seats: readonly number[] | undefined) =>
  seats?.map((seat) => labelOf(of, seat));

describe('best available', () => {
  const row = house([{ key: 'a', rows: [{ name: '1', seats: 9 }] }]);

  test('takes the middle of the nearest row', () => {
    const hall = house([
      {
        key: 'a',
        rows: [
          { name: '1', seats: 9 },
          { name: '2', seats: 9 },
        ],
      },
    ]);
    const seats = bestAvailable(hall, new Uint8Array(18), party(hall, 3));
    expect(labels(hall, seats)).toEqual(['a-1-4', 'a-1-5', 'a-1-6']);
  });

  test.for([
    // [taken, size, seats]: a nearer block would leave one seat alone.
    ['......xxx', 5, [1, 2, 3, 4, 5], 'the rest is alone either way: as few as possible'],
    ['.....xxxx', 3, [2, 3, 4], 'two remain together on the left'],
    ['..x...x..', 2, [0, 1], 'the pair outside, for in the middle one would stay alone'],
    ['xx.xxx...', 1, [2], 'who comes alone gets the single seat'],
    ['x..x.....', 2, [4, 5], 'all else equal, nearest to the middle'],
  ] as const)('%s for %i: %j', ([picture, size, seats]) => {
    expect(bestAvailable(row, takenFrom(picture), party(row, size))).toEqual(seats);
  });

  test('seats nobody together across an aisle, given or seen by its gap', () => {
    const given = house([
      {
        key: 'a',
        rows: [{ name: '1', seats: [1, { number: 2, aisleAfter: true }, 3, 4] }],
      },
    ]);
    const seen = house([
      {
        key: 'a',
        rows: [{ name: '1', seats: [0, 1, 3, 4].map((x, n) => ({ number: n + 1, x, y: 5 })) }],
      },
    ]);
    for (const hall of [given, seen]) {
      expect(bestAvailable(hall, new Uint8Array(4), party(hall, 3))).toBeUndefined();
      expect(bestAvailable(hall, new Uint8Array(4), party(hall, 2))).toEqual([0, 1]);
    }
  });

  test('splits only who may be split, and leaves nobody alone where it can', () => {
    const hall = house([{ key: 'a', rows: [1, 2, 3].map((name) => ({ name, seats: 3 })) }]);
    const taken = new Uint8Array(9);
    expect(bestAvailable(hall, taken, party(hall, 4))).toBeUndefined();
    const seats = bestAvailable(hall, taken, party(hall, 4, { maySplit: true }));
    expect(labels(hall, seats)).toEqual(['a-1-1', 'a-1-2', 'a-2-1', 'a-2-2']);
  });

  test('refuses even who may be split when there are too few seats', () => {
    expect(bestAvailable(row, takenFrom('x.x.x.x.x'), party(row, 5, { maySplit: true }))).toBe(
      undefined,
    );
  });
});

describe('accessible places', () => {
  const wheel = (number: number) => ({ number, kind: 'accessible' });
  const companion = (number: number, companionOf: number) => ({
    number,
    kind: 'companion',
    companionOf,
  });
  const hall = house([
    {
      key: 'a',
      rows: [
        { name: '1', seats: [wheel(1), companion(2, 1), 3, 4, 5, wheel(6), companion(7, 6)] },
        { name: '2', seats: [wheel(1), companion(2, 1), wheel(3), companion(4, 3), 5, 6, 7] },
      ],
    },
  ]);
  const none = new Uint8Array(14);

  test('go with the companion seat that belongs to them', () => {
    const seats = bestAvailable(hall, none, party(hall, 2, { accessible: 1 }));
    expect(labels(hall, seats)).toEqual(['a-1-1', 'a-1-2']);
  });

  test('two of them sit next to each other, with a companion each', () => {
    const seats = bestAvailable(hall, none, party(hall, 4, { accessible: 2 }));
    expect(labels(hall, seats)).toEqual(['a-2-1', 'a-2-2', 'a-2-3', 'a-2-4']);
  });

  test('a larger party gets the standard seats beside', () => {
    const seats = bestAvailable(hall, none, party(hall, 5, { accessible: 1 }));
    expect(labels(hall, seats)).toEqual(['a-1-1', 'a-1-2', 'a-1-3', 'a-1-4', 'a-1-5']);
  });

  test('are never given to a party that did not ask', () => {
    expect(bestAvailable(hall, none, party(hall, 4))).toBeUndefined();
    expect(labels(hall, bestAvailable(hall, none, party(hall, 3)))).toEqual([
      'a-1-3',
      'a-1-4',
      'a-1-5',
    ]);
  });

  test('that lie apart are given to a party that may be split, each with a companion', () => {
    const taken = Uint8Array.from(none);
    taken[9] = 1;
    const split = party(hall, 4, { accessible: 2, maySplit: true });
    expect(labels(hall, bestAvailable(hall, taken, { ...split, size: 6 }))).toHaveLength(6);
  });
});

/** Every block of adjacent seats, the best first, found by trying all of them. */
function bruteForce(of: House, taken: Uint8Array, { size, categories, sections }: Party) {
  const blocks: { seats: number[]; orphans: number; distance: number }[] = [];
  for (let first = 0; first + size <= of.seats; first += 1) {
    const seats = Array.from({ length: size }, (_, index) => first + index);
    const sound = seats.every(
      (seat) =>
        of.runOf[seat] === of.runOf[first] &&
        taken[seat] === 0 &&
        of.kind[seat] === 0 &&
        categories[of.category[seat] ?? 0] === 1 &&
        sections[of.sectionOf[seat] ?? 0] === 1,
    );
    if (!sound) continue;
    const distance = seats.reduce((sum, seat) => sum + (of.distance[seat] ?? 0), 0);
    const orphans = newOrphans(of, taken, seats);
    blocks.push({ seats, orphans, distance });
  }
  return blocks.sort(
    (a, b) =>
      a.orphans - b.orphans || a.distance - b.distance || (a.seats[0] ?? 0) - (b.seats[0] ?? 0),
  )[0];
}

/** Counted on the whole hall, before and after: nothing of how the code under test does it. */
function newOrphans(of: House, taken: Uint8Array, seats: readonly number[]): number {
  const alone = (occupied: Uint8Array) =>
    Array.from({ length: of.seats }, (_, seat) => seat).filter((seat) => {
      const free = (at: number) =>
        of.runOf[at] === of.runOf[seat] && occupied[at] === 0 && of.kind[at] === 0;
      return free(seat) && !free(seat - 1) && !free(seat + 1);
    });
  const after = Uint8Array.from(taken);
  for (const seat of seats) after[seat] = 1;
  const before = new Set(alone(taken));
  return alone(after).filter((seat) => !before.has(seat)).length;
}

const hallAndTaken = fc
  .array(
    fc.record({
      curved: fc.boolean(),
      bearing: fc.constantFrom(0, 90, -45),
      rows: fc.array(
        fc.array(
          fc.record({
            category: fc.constantFrom('p', 'q'),
            aisleAfter: fc.boolean(),
            kind: fc.constantFrom('standard', 'standard', 'standard', 'accessible'),
          }),
          { minLength: 1, maxLength: 9 },
        ),
        { minLength: 1, maxLength: 3 },
      ),
    }),
    { minLength: 1, maxLength: 2 },
  )
  .chain((sections) => {
    const of = house(
      sections.map(({ curved, bearing, rows }, section) => ({
        key: `s${section}`,
        layout: { curved, bearing },
        rows: rows.map((seats, row) => ({
          name: row,
          seats: seats.map((seat, index) => ({ ...seat, number: index })),
        })),
      })),
    );
    return fc.record({
      of: fc.constant(of),
      taken: fc.uint8Array({ minLength: of.seats, maxLength: of.seats, max: 1 }),
    });
  });

describe('against trying everything', () => {
  test('the block is adjacent, free, leaves as few alone as can be, and is nearest', () => {
    fc.assert(
      fc.property(
        hallAndTaken,
        fc.integer({ min: 1, max: 6 }),
        fc.constantFrom([1, 1], [1, 0], [0, 1]),
        ({ of, taken }, size, categories) => {
          const wanted = party(of, size, { categories: Uint8Array.from(categories) });
          const expected = bruteForce(of, taken, wanted);
          const found = bestAvailable(of, taken, wanted);
          expect(found).toEqual(expected?.seats);
          if (found !== undefined) {
            expect(orphansOf(of, taken, found[0] ?? 0, size)).toBe(expected?.orphans);
          }
        },
      ),
      { numRuns: 2000 },
    );
  });

  test('who may be split gets seats whenever there are enough, and never a taken one', () => {
    fc.assert(
      fc.property(hallAndTaken, fc.integer({ min: 1, max: 6 }), ({ of, taken }, size) => {
        const wanted = party(of, size, { maySplit: true });
        const found = bestAvailable(of, taken, wanted);
        const enough = countAvailable(of, taken, wanted).standard >= size;
        expect(found !== undefined).toBe(enough);
        expect(new Set(found ?? []).size).toBe(found?.length ?? 0);
        for (const seat of found ?? []) expect([taken[seat], of.kind[seat]]).toEqual([0, 0]);
      }),
      { numRuns: 1000 },
    );
  });

  test('accessible places: as many as asked for, and all in one row', () => {
    fc.assert(
      fc.property(
        hallAndTaken,
        fc.integer({ min: 1, max: 2 }),
        fc.integer({ min: 0, max: 2 }),
        ({ of, taken }, accessible, others) => {
          const wanted = party(of, accessible + others, { accessible });
          const found = bestAvailable(of, taken, wanted);
          if (found === undefined) return;
          expect(found).toHaveLength(accessible + others);
          expect(found.filter((seat) => of.kind[seat] === 1)).toHaveLength(accessible);
          expect(new Set(found.map((seat) => of.rowOf[seat])).size).toBe(1);
          for (const seat of found) expect(taken[seat]).toBe(0);
        },
      ),
      { numRuns: 1000 },
    );
  });

  test('one after another sell out a hall: nobody twice, nobody left over', () => {
    fc.assert(
      fc.property(
        hallAndTaken,
        fc.array(fc.integer({ min: 1, max: 4 }), { maxLength: 40 }),
        ({ of, taken }, sizes) => {
          const occupied = Uint8Array.from(taken);
          for (const size of [...sizes, ...Array.from({ length: of.seats }, () => 1)]) {
            const seats = bestAvailable(of, occupied, party(of, size, { maySplit: true })) ?? [];
            for (const seat of seats) {
              expect(occupied[seat]).toBe(0);
              occupied[seat] = 1;
            }
          }
          expect(countAvailable(of, occupied, party(of, 1)).standard).toBe(0);
        },
      ),
      { numRuns: 200 },
    );
  });
});
