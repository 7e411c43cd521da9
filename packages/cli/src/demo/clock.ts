import { type Clock, type Instant, plusMinutes } from '@ticketi/core';

/** A clock that stands still until the story moves it. */
export interface StoryClock extends Clock {
  forward(minutes: number): void;
  goTo(instant: Instant): void;
}

export function storyClock(start: Instant): StoryClock {
  let now = start;
  return {
    now: () => now,
    forward(minutes) {
      now = plusMinutes(now, minutes);
    },
    goTo(instant) {
      now = instant;
    },
  };
}
