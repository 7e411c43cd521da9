import * as z from 'zod';

/** The input of a job that the worker calls until it answers `done: 0`. */
export function pieces(limit: number) {
  return z.strictObject({
    limit: z
      .int()
      .min(1)
      .max(10_000)
      .default(limit)
      .meta({ description: 'Most pieces of work in one call.' }),
  });
}

/** What such a job answers. */
export const Done = z
  .object({ done: z.int().meta({ description: 'Pieces done; 0: nothing was due.' }) })
  .meta({ id: 'Done' });
