import { describe, expect, it } from 'vitest';
import type { CounterRecord } from './counter.ts';
import { Room, sumUnits } from './room.ts';

function counter(targetId: string, capacity: number | null, claimed: number): CounterRecord {
  return { targetId, organizerId: 'org_1', eventId: 'evt_1', capacity, claimed };
}

const units = (targetId: string, count: number) => ({ targetId, units: count });

describe('the room of a batch', () => {
  it('goes to those who come first, until it is gone', () => {
    const room = new Room([counter('a', 5, 2)]);
    expect(room.take([units('a', 2)])).toBeUndefined();
    expect(room.take([units('a', 2)])).toEqual({ targetId: 'a', available: 1, requested: 2 });
    expect(room.take([units('a', 1)])).toBeUndefined();
    expect(room.take([units('a', 1)])).toEqual({ targetId: 'a', available: 0, requested: 1 });
  });

  it('is taken all or nothing over several targets', () => {
    const room = new Room([counter('a', 5, 0), counter('b', 1, 1)]);
    expect(room.take([units('a', 5), units('b', 1)])).toMatchObject({ targetId: 'b' });
    expect(room.take([units('a', 5)])).toBeUndefined();
  });

  it('sees the sum of lines that draw on one target', () => {
    const room = new Room([counter('a', 5, 0)]);
    expect(room.take([units('a', 3), units('a', 3)])).toMatchObject({ requested: 6 });
  });

  it('has no end where there is no capacity', () => {
    const room = new Room([counter('a', null, 1_000_000)]);
    expect(room.take([units('a', 1_000_000)])).toBeUndefined();
  });

  it('counts what was taken back as free', () => {
    const room = new Room([counter('a', 5, 5)], [units('a', 2)]);
    expect(room.take([units('a', 2)])).toBeUndefined();
    expect(room.take([units('a', 1)])).toMatchObject({ available: 0 });
  });

  it('has none for a target that does not exist', () => {
    expect(new Room([]).take([units('x', 1)])).toEqual({
      targetId: 'x',
      available: 0,
      requested: 1,
    });
  });
});

it('sumUnits adds up per target, in ascending order', () => {
  expect(sumUnits([units('b', 1), units('a', 2), units('b', 3)])).toEqual([
    units('a', 2),
    units('b', 4),
  ]);
});
