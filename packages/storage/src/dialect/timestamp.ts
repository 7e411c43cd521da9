import { type Instant, instantFromMillis } from '@ticketi/core';

/** `2027-07-10 20:00:00.5+02`, as PostgreSQL writes it in whichever zone the session has. */
const ISO =
  /^(\d{4}-\d{2}-\d{2}) (\d{2}:\d{2}:\d{2})(?:\.(\d{1,6}))?([+-])(\d{2})(?::(\d{2}))?(?::(\d{2}))?$/;

/** A `timestamptz` as an instant: from text, or from the Date that a host's driver made of it. */
export function readTimestamp(value: unknown): Instant {
  if (value instanceof Date) return instantFromMillis(value.getTime());
  const match = ISO.exec(String(value));
  if (match === null) {
    throw new Error(
      `PostgreSQL wrote the time ${String(value)}; Ticketi reads DateStyle ISO only.`,
    );
  }
  const [, date, time, fraction = '', sign, hours = '00', minutes = '00', seconds = '00'] = match;
  const millis = fraction.padEnd(3, '0').slice(0, 3);
  if (hours === '00' && minutes === '00' && seconds === '00') return `${date}T${time}.${millis}Z`;
  const offset = (Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds)) * 1000;
  const local = Date.parse(`${date}T${time}.${millis}Z`);
  return instantFromMillis(sign === '+' ? local - offset : local + offset);
}
