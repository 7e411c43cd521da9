import { instantOf } from '../events/index.ts';
import { isRefusal } from '../kernel/index.ts';

/** Reads when something is valid in the event's time zone; null leaves that end open. */
export async function windowOf(
  { validFrom, validUntil }: { validFrom: string | null; validUntil: string | null },
  timezone: string,
) {
  const from = validFrom === null ? null : await instantOf(validFrom, timezone);
  if (isRefusal(from)) return from;
  const until = validUntil === null ? null : await instantOf(validUntil, timezone);
  if (isRefusal(until)) return until;
  return { validFrom: from, validUntil: until };
}
