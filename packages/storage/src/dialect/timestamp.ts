import { type Instant, instantFromMillis } from '@ticketi/core';

/**
 * `2027-07-10 20:00:00.5+02`, as PostgreSQL writes it in whichever zone the
 * session has: in one east of Greenwich the last hours of 9999 have a year more.
 */
const ISO =
  /^((\d{4,5})-(\d{2})-(\d{2})) ((\d{2}):(\d{2}):(\d{2}))(?:\.(\d{1,6}))?([+-])(\d{2})(?::(\d{2}))?(?::(\d{2}))?$/;

/** A `timestamptz` as an instant: from text, or from the Date that a host's driver made of it. */
export function readTimestamp(value: unknown): Instant {
  if (value instanceof Date) return instantFromMillis(value.getTime());
  const match = ISO.exec(String(value));
  if (match === null) {
    throw new Error(
      `PostgreSQL wrote the time ${String(value)}; Ticketi reads DateStyle ISO only.`,
    );
  }
  const [, date, year, month, day, time, hour, minute, second] = match;
  const [fraction = '', sign, offsetHours, offsetMinutes = 0, offsetSeconds = 0] = match.slice(9);
  const millis = fraction.padEnd(3, '0').slice(0, 3);
  const offset = (Number(offsetHours) * 60 + Number(offsetMinutes)) * 60 + Number(offsetSeconds);
  if (offset === 0) return `${date}T${time}.${millis}Z`;
  return instantFromMillis(
    Date.UTC(
      Number(year),
      Number(month) - 1,
      Number(day),
      Number(hour),
      Number(minute),
      Number(second) + (sign === '+' ? -offset : offset),
      Number(millis),
    ),
  );
}
