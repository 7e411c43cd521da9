import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { changeOf } from '../src/inventory/change.ts';
import type { CounterRecord, Units } from '../src/inventory/counter.ts';
import { Room, sumUnits } from '../src/inventory/room.ts';

const units = (targetId: string, count: number): Units => ({ targetId, units: count });
const some = fc.array(
  fc.record({
    targetId: fc.constantFrom('a', 'b', 'c', 'd'),
    units: fc.integer({ min: 1, max: 9 }),
  }),
  { maxLength: 8 },
);

describe('a change of claims', () => {
  it('claims what comes on top and gives back the rest; what stays is in neither', () => {
    const has = [units('a', 2), units('b', 1), units('a', 1), units('d', 4)];
    const wanted = [units('a', 5), units('c', 1), units('d', 3)];
    expect(changeOf(has, wanted)).toEqual({
      grow: [units('a', 2), units('c', 1)],
      shrink: [units('b', 1), units('d', 1)],
    });
  });

  it('is nothing when nothing changes', () => {
    const has = [units('a', 2), units('a', 1)];
    expect(changeOf(has, [units('a', 3)])).toEqual({ grow: [], shrink: [] });
  });

  it('leads from what was to what is wanted, and touches each target in one way only', () => {
    fc.assert(
      fc.property(some, some, (has, wanted) => {
        const { grow, shrink } = changeOf(has, wanted);
        const less = shrink.map((own) => ({ ...own, units: -own.units }));
        const after = sumUnits([...has, ...grow, ...less]).filter((own) => own.units !== 0);
        expect(after).toEqual(sumUnits(wanted));
        const touched = [...grow, ...shrink].map(({ targetId }) => targetId);
        expect(new Set(touched).size).toBe(touched.length);
      }),
    );
  });
});

describe('room, whatever is asked of it', () => {
  const capacities = fc.record({
    a: fc.integer({ min: 0, max: 12 }),
    b: fc.integer({ min: 0, max: 12 }),
    c: fc.constant(null),
    d: fc.integer({ min: 0, max: 3 }),
  });
  const openCounters = (of: Record<string, number | null>): CounterRecord[] =>
    Object.entries(of).map(([targetId, capacity]) => ({
      targetId,
      organizerId: 'org_1',
      eventId: 'evt_1',
      capacity,
      claimed: 0,
    }));

  it('gives all of a wish or nothing, and never more than the capacity', () => {
    fc.assert(
      fc.property(capacities, fc.array(some, { maxLength: 10 }), (of, wishes) => {
        const counters = openCounters(of);
        const room = new Room(counters);
        const granted = wishes.filter((wish) => room.take(wish) === undefined);
        const taken = sumUnits(granted.flat());
        for (const { targetId, capacity } of counters) {
          const sum = taken.find((own) => own.targetId === targetId)?.units ?? 0;
          expect(sum).toBeLessThanOrEqual(capacity ?? Number.POSITIVE_INFINITY);
        }
        // A wish that was refused left nothing behind: the same room gives what is left.
        const fresh = new Room(counters);
        for (const wish of granted) expect(fresh.take(wish)).toBeUndefined();
      }),
    );
  });

  it('yields no more than the capacity to changes, which keep what they have when they fail', () => {
    fc.assert(
      fc.property(capacities, fc.array(some, { minLength: 2, maxLength: 10 }), (of, wishes) => {
        const capacity = openCounters(of);
        let claims: Units[] = [];
        for (const wanted of wishes) {
          const { grow, shrink } = changeOf(claims, wanted);
          const claimed = (targetId: string) =>
            sumUnits(claims).find((own) => own.targetId === targetId)?.units ?? 0;
          const counters = capacity.map((own) => ({ ...own, claimed: claimed(own.targetId) }));
          if (new Room(counters).take(grow) !== undefined) continue;
          claims = sumUnits([
            ...claims,
            ...grow,
            ...shrink.map((own) => ({ ...own, units: -own.units })),
          ]).filter((own) => own.units !== 0);
          expect(claims).toEqual(sumUnits(wanted));
        }
        for (const own of capacity) {
          const sum = claims.find(({ targetId }) => targetId === own.targetId)?.units ?? 0;
          expect(sum).toBeLessThanOrEqual(own.capacity ?? Number.POSITIVE_INFINITY);
        }
      }),
    );
  });
});
