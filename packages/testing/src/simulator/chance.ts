/** Chance that is the same on every run with the same seed. */
export interface Chance {
  /** Begins a step: what it brings depends on the seed and on its number, not on the steps before it. */
  begin(step: number): void;
  /** A whole number below `sides`. */
  below(sides: number): number;
  /** From `least` to `most`, both included. */
  between(least: number, most: number): number;
  /** True in so many of 100 cases. */
  percent(share: number): boolean;
  /** One of them; undefined when there are none. */
  pick<T>(all: readonly T[]): T | undefined;
  /** One of them, each as often as it weighs. */
  weighed<T extends { readonly weight: number }>(all: readonly T[]): T;
}

const WARM_UP = 12;

/**
 * sfc32, a small fast generator with 128 bits of state, by Chris Doty-Humphrey:
 * https://pracrand.sourceforge.net/RNG_engines.txt
 */
export function chanceOf(seed: number): Chance {
  let [a, b, c, counter] = [0, 0, 0, 1];

  function next(): number {
    const out = (a + b + counter) >>> 0;
    counter = (counter + 1) >>> 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) >>> 0;
    c = ((c << 21) | (c >>> 11)) >>> 0;
    c = (c + out) >>> 0;
    return out;
  }

  function begin(step: number): void {
    [a, b, c] = [seed >>> 0, Math.floor(seed / 2 ** 32) >>> 0, (0x9e3779b9 ^ step) >>> 0];
    counter = 1;
    for (let turn = 0; turn < WARM_UP; turn += 1) next();
  }
  begin(0);

  const below = (sides: number): number => next() % sides;
  return {
    begin,
    below,
    between: (least, most) => least + below(most - least + 1),
    percent: (share) => below(100) < share,
    pick: (all) => (all.length === 0 ? undefined : all[below(all.length)]),
    weighed(all) {
      let left = below(all.reduce((sum, { weight }) => sum + weight, 0));
      for (const one of all) {
        left -= one.weight;
        if (left < 0) return one;
      }
      throw new RangeError('Of nothing there is nothing to choose.');
    },
  };
}
