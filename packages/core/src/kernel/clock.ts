import { type Instant, instantFromMillis } from './instant.ts';

/** Where "now" comes from. Nothing else in the domain reads the time. */
export interface Clock {
  now(): Instant;
}

/** The machine's clock. */
export const systemClock: Clock = {
  now: () => instantFromMillis(Date.now()),
};
