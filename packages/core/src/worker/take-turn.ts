import * as z from 'zod';
import { plusMinutes, systemOnly, write } from '../kernel/index.ts';

/**
 * Whether it is a job's turn, of which there is one in so many minutes among all
 * workers: for what would be costly, and useless, to do again at once.
 */
export const takeTurn = write({
  name: 'worker.takeTurn',
  summary: 'Takes the turn of a job, unless a worker has had it.',
  input: z.strictObject({ job: z.string(), minutes: z.int().min(1) }),
  output: z.object({ taken: z.boolean() }),
  allow: systemOnly,
  run: async ({ tx, now }, { job, minutes }) => {
    const taken = await tx.leases.take([`job:${job}`], plusMinutes(now, minutes), now);
    return { taken: taken.length > 0 };
  },
});
