import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { TicketTypeRecord } from '../src/events/index.ts';
import {
  freeIn,
  type Kept,
  keptFor,
  leavesOf,
  type Waiting,
  wantedFor,
} from '../src/inventory/gate.ts';
import { Room } from '../src/inventory/room.ts';
import { plainTerms } from '../src/pricing/index.ts';
import { NOW, publishedEvent, session } from './support/records.ts';

interface Entry {
  readonly types: readonly string[];
  readonly quantity: number;
  readonly minQuantity: number;
}

const POOLS = ['pol_0', 'pol_1', 'pol_2'];
const TYPES = ['typ_0', 'typ_1', 'typ_2', 'typ_3'];

const drawn = fc.record({
  draws: fc
    .uniqueArray(fc.constantFrom(...POOLS), { minLength: 1, maxLength: 3 })
    .chain((pools) =>
      fc.tuple(
        ...pools.map((poolId) =>
          fc.record({ poolId: fc.constant(poolId), units: fc.integer({ min: 1, max: 3 }) }),
        ),
      ),
    ),
  maxInAll: fc.option(fc.integer({ min: 1, max: 12 })),
});
const entry: fc.Arbitrary<Entry> = fc
  .record({
    types: fc.uniqueArray(fc.constantFrom(...TYPES), { minLength: 1, maxLength: 3 }),
    quantity: fc.integer({ min: 1, max: 5 }),
    fewer: fc.nat(4),
  })
  .map(({ types, quantity, fewer }) => {
    return { types, quantity, minQuantity: Math.max(1, quantity - fewer) };
  });
const scene = fc.record({
  types: fc.tuple(drawn, drawn, drawn, drawn),
  capacities: fc.tuple(fc.nat(20), fc.nat(20), fc.nat(20)),
  entries: fc.array(entry, { maxLength: 8 }),
  buyers: fc.array(
    fc.record({ type: fc.constantFrom(...TYPES), quantity: fc.integer({ min: 1, max: 4 }) }),
    { minLength: 1, maxLength: 6 },
  ),
});
type Scene = typeof scene extends fc.Arbitrary<infer Value> ? Value : never;

function catalogueOf({ types }: Scene) {
  const records = TYPES.map((id, index): TicketTypeRecord => {
    const { draws = [], maxInAll = null } = types[index] ?? {};
    return {
      id,
      organizerId: 'org_1',
      eventId: publishedEvent.id,
      name: id,
      description: '',
      price: 1000,
      draws,
      seating: null,
      sessionIds: null,
      saleFrom: null,
      saleUntil: null,
      maxPerOrder: 10,
      maxPerBuyer: null,
      maxInAll,
      terms: plainTerms,
      state: 'on_sale',
      revision: 1,
    };
  });
  const ticketTypes = new Map(records.map((type) => [type.id, type]));
  return { event: publishedEvent, sessions: [session], ticketTypes };
}
type Sold = ReturnType<typeof catalogueOf>;

function roomOf({ types, capacities }: Scene): Room {
  const place = { organizerId: 'org_1', eventId: publishedEvent.id, claimed: 0 };
  return new Room([
    ...POOLS.map((targetId, index) => ({ ...place, targetId, capacity: capacities[index] ?? 0 })),
    ...TYPES.map((targetId, index) => {
      return { ...place, targetId, capacity: types[index]?.maxInAll ?? null };
    }),
  ]);
}

const waitingOf = (entries: readonly Entry[]): Waiting[] =>
  entries.flatMap(({ types, quantity, minQuantity }) =>
    types.map((ticketTypeId) => ({ ticketTypeId, quantity, minQuantity })),
  );

function unitsOf(sold: Sold, type: string, quantity: number) {
  return wantedFor(sold, type).map(({ targetId, units }) => ({
    targetId,
    units: units * quantity,
  }));
}

/** Whom a pass would offer what, in order; each takes the first of their types that has enough. */
function offersIn(sold: Sold, room: Room, entries: readonly Entry[]) {
  return entries.map(({ types, quantity, minQuantity }) => {
    for (const id of types) {
      const type = sold.ticketTypes.get(id);
      const leaves = type === undefined ? 0 : leavesOf(sold, type, freeIn(room));
      if (leaves < minQuantity) continue;
      const given = Math.min(quantity, leaves);
      expect(room.take(unitsOf(sold, id, given))).toBeUndefined();
      return { id, given };
    }
    return undefined;
  });
}

/** Buys what the public may, and says what is offered after that. */
function afterBuyers(drawing: Scene, keeping: (kept: Kept) => Kept) {
  const sold = catalogueOf(drawing);
  const room = roomOf(drawing);
  const waiting = waitingOf(drawing.entries);
  let bought = 0;
  for (const { type, quantity } of drawing.buyers) {
    const kept = keeping(keptFor(sold, waiting, NOW, freeIn(room)));
    if (room.take(unitsOf(sold, type, quantity), kept) === undefined) bought += 1;
  }
  return { bought, offers: offersIn(sold, room, drawing.entries) };
}

describe('what is kept for who waits', () => {
  it('is enough: whatever the public buys, everybody who waits is offered what they would have been', () => {
    fc.assert(
      fc.property(scene, (drawing) => {
        const alone = offersIn(catalogueOf(drawing), roomOf(drawing), drawing.entries);
        expect(afterBuyers(drawing, (kept) => kept).offers).toEqual(alone);
      }),
      { numRuns: 2000 },
    );
  });

  it('is enough for holds that are changed as well, whose units on top are of no one type', () => {
    const onTop = fc.array(
      fc.record({
        targetId: fc.constantFrom(...POOLS, ...TYPES),
        units: fc.integer({ min: 1, max: 4 }),
      }),
      { minLength: 1, maxLength: 8 },
    );
    fc.assert(
      fc.property(scene, fc.array(onTop, { minLength: 1, maxLength: 4 }), (drawing, changes) => {
        const sold = catalogueOf(drawing);
        const room = roomOf(drawing);
        for (const units of changes) {
          room.take(units, keptFor(sold, waitingOf(drawing.entries), NOW, freeIn(room)));
        }
        const alone = offersIn(sold, roomOf(drawing), drawing.entries);
        expect(offersIn(sold, room, drawing.entries)).toEqual(alone);
      }),
      { numRuns: 2000 },
    );
  });

  it('is not too much: where nobody can have what they wait for, the public has all', () => {
    fc.assert(
      fc.property(scene, (drawing) => {
        const alone = offersIn(catalogueOf(drawing), roomOf(drawing), drawing.entries);
        fc.pre(alone.every((offer) => offer === undefined));
        const without = afterBuyers({ ...drawing, entries: [] }, (kept) => kept);
        expect(afterBuyers(drawing, (kept) => kept).bought).toBe(without.bought);
      }),
      { numRuns: 2000 },
    );
  });

  it('of one unit less each is found to be too little', () => {
    const less = (kept: Kept) => new Map([...kept].map(([id, units]) => [id, units - 1]));
    const check = () =>
      fc.assert(
        fc.property(scene, (drawing) => {
          const alone = offersIn(catalogueOf(drawing), roomOf(drawing), drawing.entries);
          expect(afterBuyers(drawing, less).offers).toEqual(alone);
        }),
        { numRuns: 2000 },
      );
    expect(check).toThrow();
  });
});
