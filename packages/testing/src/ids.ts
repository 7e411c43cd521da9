import { type Clock, createIds, type Ids } from '@ticketi/core';

/**
 * Ids that are the same on every run with the same seed, clock and order of
 * calls. Not for production: who knows the seed knows the ids.
 */
export function seededIds(seed: number, clock: Clock): Ids {
  return createIds(clock, seededBytes(seed));
}

/**
 * Fills arrays from mulberry32, a 32-bit generator with a 32-bit state:
 * https://gist.github.com/tommyettinger/46a874533244883189143505d203312c
 */
export function seededBytes(seed: number): (into: Uint8Array) => void {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return (mixed ^ (mixed >>> 14)) >>> 0;
  };
  return (into) => {
    for (let at = 0; at < into.length; at += 1) into[at] = next() >>> 24;
  };
}
