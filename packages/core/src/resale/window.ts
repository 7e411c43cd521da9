import * as z from 'zod';
import type { SessionRecord } from '../events/index.ts';
import { type Instant, InstantInput, plusMinutes } from '../kernel/index.ts';
import type { ResaleTerms } from './policy.ts';

/** `2h before doors`, `90m before start`, `7d before start`. */
const BEFORE = /^(\d{1,5})(m|h|d) before (start|doors)$/;

const Before = z.string().regex(BEFORE, {
  error: 'Expected an instant with its offset, or such as 2h before doors.',
});

/** When tickets may be listed: an instant, or a time that depends on the ticket. */
export const ClosesAt = z.union([InstantInput, Before]);

/** The same, or when the ticket's type goes on sale. */
export const OpensAt = z.union([InstantInput, Before, z.literal('on_sale')]);

/** What the times of a policy depend on. */
export interface Times {
  /** The sessions that the ticket admits to. */
  readonly sessions: readonly SessionRecord[];
  /** When the ticket's type goes on sale; null: at once. */
  readonly saleFrom: Instant | null;
}

/** When a ticket may be listed; null: there is no such end. */
export interface Window {
  readonly opensAt: Instant | null;
  readonly closesAt: Instant | null;
}

/** The window of a policy for one ticket: what depends on sessions, by the first of them. */
export function windowOf(terms: Pick<ResaleTerms, 'opensAt' | 'closesAt'>, times: Times): Window {
  const { opensAt, closesAt } = terms;
  return {
    opensAt: opensAt === 'on_sale' ? times.saleFrom : opensAt && instantOf(opensAt, times),
    closesAt: closesAt && instantOf(closesAt, times),
  };
}

function instantOf(text: string, { sessions }: Times): Instant | null {
  const [, count, unit, of] = BEFORE.exec(text) ?? [];
  if (count === undefined) return text;
  const [first] = [...sessions].sort((a, b) => (a.startsAt < b.startsAt ? -1 : 1));
  // Without any session there is nothing yet that it could lie before.
  if (first === undefined) return null;
  const at = of === 'doors' ? (first.doorsAt ?? first.startsAt) : first.startsAt;
  return plusMinutes(at, -Number(count) * minutesOf(unit));
}

function minutesOf(unit: string | undefined): number {
  if (unit === 'd') return 24 * 60;
  return unit === 'h' ? 60 : 1;
}

/** Whether a window lets tickets be listed at this instant. */
export function windowOpen({ opensAt, closesAt }: Window, now: Instant): boolean {
  return (opensAt === null || opensAt <= now) && (closesAt === null || now < closesAt);
}

/** The sessions that a ticket admits to. */
export function sessionsOfTicket(
  { sessionIds }: { readonly sessionIds: readonly string[] | null },
  sessions: readonly SessionRecord[],
): SessionRecord[] {
  return sessions.filter(({ id }) => sessionIds?.includes(id) ?? true);
}

/** When the first of some sessions begins; null: there is none. */
export function startOf(sessions: readonly SessionRecord[]): Instant | null {
  return sessions.map(({ startsAt }) => startsAt).sort()[0] ?? null;
}

/** No listing ends later than its ticket does; far away where an event has no session. */
const NEVER = '9999-12-31T23:59:59.999Z';

/** When a listing ends by itself: with its window, or when the last session of its ticket does. */
export function listingEnd({ closesAt }: Window, sessions: readonly SessionRecord[]): Instant {
  const ends = sessions.map(({ endsAt }) => endsAt).sort();
  const over = ends.at(-1) ?? NEVER;
  return closesAt !== null && closesAt < over ? closesAt : over;
}
