import { type Clock, type Instant, instantFromMillis, millisOf } from '@ticketi/core';

/** How far to move a test clock; the parts are added up. */
export interface Duration {
  readonly days?: number;
  readonly hours?: number;
  readonly minutes?: number;
  readonly seconds?: number;
  readonly milliseconds?: number;
}

/** A clock that stands still until it is moved, and moves forward only. */
export interface TestClock extends Clock {
  /** Moves to an instant (RFC 3339). Throws a `RangeError` when that lies in the past. */
  set(instant: string): void;
  /** Moves by a duration, and returns the instant that it is then. */
  advance(duration: Duration): Instant;
}

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** @param start where the clock begins, an instant with `Z` or an offset */
export function testClock(start = '2027-06-01T12:00:00.000Z'): TestClock {
  let now = millisIn(start);
  const moveTo = (millis: number): Instant => {
    if (millis < now) {
      throw new RangeError(
        `The clock shows ${instantFromMillis(now)} and does not go back to ${instantFromMillis(millis)}.`,
      );
    }
    now = millis;
    return instantFromMillis(now);
  };
  return {
    now: () => instantFromMillis(now),
    set: (instant) => void moveTo(millisIn(instant)),
    advance: ({ days = 0, hours = 0, minutes = 0, seconds = 0, milliseconds = 0 }) =>
      moveTo(now + days * DAY + hours * HOUR + minutes * MINUTE + seconds * SECOND + milliseconds),
  };
}

function millisIn(instant: string): number {
  const millis = millisOf(instant);
  if (Number.isNaN(millis)) throw new RangeError(`${instant} is not an instant.`);
  return millis;
}
