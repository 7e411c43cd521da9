import { describe, expect, it } from 'vitest';
import { instantFromMillis } from './instant.ts';
import { createPictures } from './pictures.ts';

describe('pictures', () => {
  function studio(most?: number) {
    let millis = 1_800_000_000_000;
    let taken = 0;
    const pictures = createPictures({ now: () => instantFromMillis(millis) }, most);
    return {
      pass: (by: number) => {
        millis += by;
      },
      taken: () => taken,
      look: (key: string, maxAgeMillis: number, take?: () => Promise<unknown>) =>
        pictures.look({ key, maxAgeMillis }, take ?? (async () => ++taken)),
    };
  }

  it('are as old as is allowed, and not a millisecond older', async () => {
    const { look, pass } = studio();
    expect(await look('a', 500)).toEqual({ answer: 1, cached: false });
    pass(500);
    expect(await look('a', 500)).toEqual({ answer: 1, cached: true });
    pass(1);
    expect(await look('a', 500)).toEqual({ answer: 2, cached: false });
    expect(await look('a', 1000)).toEqual({ answer: 2, cached: true });
  });

  it('are not younger because the clock was set back', async () => {
    const { look, pass } = studio();
    await look('a', 500);
    pass(-1000);
    expect((await look('a', 500)).cached).toBe(false);
  });

  it('are taken once for all who ask meanwhile', async () => {
    const { look, taken } = studio();
    const all = await Promise.all(Array.from({ length: 50 }, () => look('a', 500)));
    expect(taken()).toBe(1);
    expect(all.filter(({ cached }) => !cached)).toHaveLength(1);
  });

  it('are not kept when they could not be taken', async () => {
    const { look } = studio();
    await expect(look('a', 500, () => Promise.reject(new Error('no')))).rejects.toThrow('no');
    expect(await look('a', 500)).toEqual({ answer: 1, cached: false });
  });

  it('are so many at most', async () => {
    const { look } = studio(2);
    for (const key of ['a', 'b', 'c']) await look(key, 500);
    expect((await look('b', 500)).cached).toBe(true);
    expect((await look('a', 500)).cached).toBe(false);
    expect((await look('c', 500)).cached).toBe(true);
    expect((await look('b', 500)).cached).toBe(false);
  });
});
