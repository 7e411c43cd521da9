import { type Instant, plusMinutes } from '../kernel/index.ts';

/** Links that one address is sent in an hour, at most. */
const MOST_AN_HOUR = 3;
const HOUR = 60;

/** How often links were asked for an address; the address itself is not in it. */
export interface AccessRequestRecord {
  /** A keyed digest of the address. */
  readonly id: string;
  /** When the hour began that is counted. */
  readonly since: string;
  readonly requests: number;
  readonly revision: number;
}

/** What is over: an hour that began by then is counted no longer. */
export function hourBefore(now: Instant): Instant {
  return plusMinutes(now, -HOUR);
}

/** One more request in this hour, or the first one of the next; and whether it is too many. */
export function askedAgain(
  was: AccessRequestRecord,
  now: Instant,
): { readonly next: AccessRequestRecord; readonly isTooMany: boolean } {
  const isOver = was.since <= hourBefore(now);
  const before = isOver ? 0 : was.requests;
  const requests = Math.min(before + 1, MOST_AN_HOUR + 1);
  return {
    next: { ...was, since: isOver ? now : was.since, requests },
    isTooMany: requests > MOST_AN_HOUR,
  };
}
