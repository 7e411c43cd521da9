import type { SessionRecord } from '../events/index.ts';
import { type Instant, plusMinutes, type Settings } from '../kernel/index.ts';

const MINUTES_A_DAY = 24 * 60;

/**
 * Until when an order waits for its money. One with a term waits that many days,
 * but not into the last session, unless that is allowed; never shorter than an
 * order without one.
 */
export function payBy(
  now: Instant,
  { paymentMinutes }: Pick<Settings, 'paymentMinutes'>,
  sessions: readonly Pick<SessionRecord, 'startsAt'>[],
  {
    termDays,
    pastStart = false,
  }: { termDays?: number | undefined; pastStart?: boolean | undefined },
): Instant {
  const usual = plusMinutes(now, paymentMinutes);
  if (termDays === undefined) return usual;
  const term = plusMinutes(now, termDays * MINUTES_A_DAY);
  const starts = sessions.map(({ startsAt }) => startsAt).sort();
  const last = starts.at(-1);
  const until = pastStart || last === undefined || term < last ? term : last;
  if (until < usual) return usual;
  return until;
}
