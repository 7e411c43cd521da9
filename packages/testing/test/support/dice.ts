import { seededBytes } from '../../src/index.ts';

/** Chance that is the same on every run with the same seed. */
export interface Dice {
  /** A whole number below `sides`. */
  below(sides: number): number;
  /** Some of them, in any order. */
  some<T>(all: readonly T[], count: number): T[];
}

export function dice(seed: number): Dice {
  const fill = seededBytes(seed);
  const below = (sides: number): number => {
    const bytes = new Uint8Array(4);
    fill(bytes);
    return new DataView(bytes.buffer).getUint32(0) % sides;
  };
  return {
    below,
    some<T>(all: readonly T[], count: number) {
      const left = [...all];
      return Array.from({ length: Math.min(count, all.length) }, () =>
        left.splice(below(left.length), 1),
      ).flat();
    },
  };
}
