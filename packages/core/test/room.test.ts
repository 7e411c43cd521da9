import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Room } from '../src/inventory/room.ts';

const targets = ['pol_1', 'pol_2', 'pol_3'];
const counters = fc.tuple(
  ...targets.map((targetId) =>
    fc.record({
      targetId: fc.constant(targetId),
      organizerId: fc.constant('org_1'),
      eventId: fc.constant('evt_1'),
      capacity: fc.option(fc.integer({ min: 5, max: 30 })),
      claimed: fc.nat(5),
    }),
  ),
);
const wish = fc.array(
  fc.record({ targetId: fc.constantFrom(...targets), units: fc.integer({ min: 1, max: 8 }) }),
  { minLength: 1, maxLength: 4 },
);
const wishes = fc.array(wish, { maxLength: 40 });

describe('claims of a batch', () => {
  it('take no more than there is, and all or nothing each', () => {
    fc.assert(
      fc.property(counters, wishes, (rows, asked) => {
        const room = new Room(rows);
        const taken = new Map(rows.map(({ targetId, claimed }) => [targetId, claimed]));
        for (const units of asked) {
          if (room.take(units) !== undefined) continue;
          for (const { targetId, units: count } of units) {
            taken.set(targetId, (taken.get(targetId) ?? 0) + count);
          }
        }
        for (const { targetId, capacity } of rows) {
          if (capacity !== null) expect(taken.get(targetId)).toBeLessThanOrEqual(capacity);
        }
      }),
    );
  });

  it('are decided in order: what comes later changes nothing for who came first', () => {
    fc.assert(
      fc.property(counters, wishes, wishes, (rows, first, later) => {
        const alone = new Room(rows);
        const together = new Room(rows);
        const before = first.map((units) => alone.take(units));
        const after = [...first, ...later].map((units) => together.take(units));
        expect(after.slice(0, first.length)).toEqual(before);
      }),
    );
  });

  it('are refused only when something is short, and then it says truly what is free', () => {
    fc.assert(
      fc.property(counters, wishes, (rows, asked) => {
        const room = new Room(rows);
        for (const units of asked) {
          const shortage = room.take(units);
          if (shortage === undefined) continue;
          const { targetId, available, requested } = shortage;
          expect(requested).toBeGreaterThan(available);
          if (available > 0) expect(room.take([{ targetId, units: available }])).toBe(undefined);
          expect(room.take([{ targetId, units: 1 }])?.available).toBe(0);
        }
      }),
    );
  });
});
