import { type Clock, createIds, type IdPrefix, type Ids } from '@ticketi/core';

const TIME = 10;
const COUNT = 7;

/** Of these there is one for all of an organizer's events: their ids are no copy's to change. */
const SHARED: readonly IdPrefix[] = ['org', 'mbr', 'key'];

/**
 * A text of nine characters that is in every id of an event that is to be
 * copied, and nowhere else: a copy is the same rows with another text there.
 * It sorts before those of the copies, and these in the order in which they are
 * made, as the ids of a system that grows do.
 */
export function markerOf(organizer: number): string {
  return `0zzzzzz${two(organizer)}`;
}

/** What stands in its place in a copy; `copy` is SQL for its number, up to six digits. */
export function markerInCopy(
  dialect: 'postgres' | 'sqlite',
  organizer: number,
  copy: string,
): string {
  const padded = dialect === 'postgres' ? `lpad(${copy}::text, 6, '0')` : `printf('%06d', ${copy})`;
  return `'1${two(organizer)}' || ${padded}`;
}

/** Ids with the marker behind their time, counting up. */
export function markedIds(clock: Clock, marker: string): Ids {
  const own = createIds(clock);
  const start = own.next('evt').slice('evt_'.length, 'evt_'.length + TIME);
  let count = 0;
  return {
    next(prefix) {
      if (SHARED.includes(prefix)) return own.next(prefix);
      count += 1;
      return `${prefix}_${start}${marker}${String(count).padStart(COUNT, '0')}`;
    },
  };
}

function two(number: number): string {
  return String(number).padStart(2, '0');
}
