import * as z from 'zod';
import { Instant, plusMinutes, systemOnly, write } from '../kernel/index.ts';

/** One that does not know a provider must not keep the work on it from one that does. */
const turnOf = (job: string, providerNames: readonly string[]) =>
  `job:${job}:${providerNames.toSorted().join()}`;

/**
 * Whether it is a job's turn, of which there is one in so many minutes among all workers
 * that know the same providers: for what would be costly, and useless, to do again at once.
 */
export const takeTurn = write({
  name: 'worker.takeTurn',
  summary: 'Takes the turn of a job, unless a worker that knows the same providers has had it.',
  input: z.strictObject({ job: z.string(), minutes: z.int().min(1) }),
  output: z.object({ until: Instant.nullable() }),
  allow: systemOnly,
  run: async ({ tx, now, providerNames }, { job, minutes }) => {
    const until = plusMinutes(now, minutes);
    const taken = await tx.leases.take([turnOf(job, providerNames)], until, now);
    return { until: taken.length > 0 ? until : null };
  },
});

/** Gives up a turn in which the work failed: whoever comes next may try. */
export const dropTurn = write({
  name: 'worker.dropTurn',
  summary: 'Gives up the turn of a job.',
  input: z.strictObject({ job: z.string(), until: Instant }),
  output: z.object({}),
  allow: systemOnly,
  run: async ({ tx, providerNames }, { job, until }) => {
    await tx.leases.drop([turnOf(job, providerNames)], until);
    return {};
  },
});
