import type { SessionRecord } from '../events/index.ts';
import { type Instant, localDate, millisOf } from '../kernel/index.ts';
import { dateText, type Locale, timeText } from '../print/index.ts';

/** When a session begins, as the clock on the wall of the venue shows it: `10 Jul 2027, 18:00`. */
export function whenText(
  { startsAt }: Pick<SessionRecord, 'startsAt'>,
  timezone: string,
  locale: Locale,
): string {
  return momentText(startsAt, timezone, locale);
}

/** A moment by the clock of the venue. */
export function momentText(instant: Instant, timezone: string, locale: Locale): string {
  return `${dateText(instant, timezone, locale)}, ${timeText(instant, timezone)}`;
}

/** The session that a phone is to remind of: the next that takes place, or the last of them. */
export function nextSession(
  sessions: readonly SessionRecord[],
  now: Instant,
): SessionRecord | undefined {
  const takingPlace = sessions.filter(({ state }) => state === 'scheduled');
  return takingPlace.find(({ endsAt }) => endsAt > now) ?? takingPlace.at(-1);
}

/** A moment as wallets have it, who know no parts of a second: `2027-07-10T18:00:00Z`. */
export function toTheSecond(instant: Instant): string {
  return `${instant.slice(0, 19)}Z`;
}

/**
 * A moment as the clock of the venue shows it, with its offset: `2027-07-10T18:00:00+02:00`.
 * Google shows what stands before the offset, whatever the offset is.
 */
export function onTheWall(instant: Instant, timezone: string): string {
  const { year, month, day, hour, minute } = localDate(instant, timezone);
  const two = (value: number) => String(value).padStart(2, '0');
  const seconds = instant.slice(17, 19);
  const local = `${String(year).padStart(4, '0')}-${two(month)}-${two(day)}T${two(hour)}:${two(minute)}:${seconds}`;
  const minutes = Math.round((millisOf(`${local}.000Z`) - millisOf(instant)) / 60_000);
  const sign = minutes < 0 ? '-' : '+';
  const ahead = Math.abs(minutes);
  return `${local}${sign}${two(Math.floor(ahead / 60))}:${two(ahead % 60)}`;
}
