import * as z from 'zod';

/**
 * A moment in UTC as fixed-width text, `2027-07-10T18:00:00.000Z`.
 *
 * The width never changes, so two instants compare with `<` as strings, in
 * JavaScript and in SQL alike.
 */
export type Instant = string;

const MINUTE = 60_000;

/** Instants as they leave Ticketi. */
export const Instant = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/)
  .meta({
    id: 'Instant',
    description: 'A moment in UTC with milliseconds.',
    examples: ['2027-07-10T18:00:00.000Z'],
  });

/**
 * Instants as callers may write them: RFC 3339 with `Z` or an offset. They are
 * brought to the fixed width, so `2027-07-10T20:00:00+02:00` is stored as
 * `2027-07-10T18:00:00.000Z`.
 */
export const InstantInput = z.iso
  .datetime({
    offset: true,
    abort: true,
    error: 'Write an instant with its offset, as 2027-07-10T18:00:00Z.',
  })
  .refine((text) => isStorable(Date.parse(text)), {
    abort: true,
    error: 'The year has to lie between 1 and 9999, in UTC.',
  })
  .overwrite((text) => instantFromMillis(Date.parse(text)))
  .meta({
    description: 'A moment with `Z` or an offset (RFC 3339).',
    examples: ['2027-07-10T20:00:00+02:00'],
  });

const FIRST = Date.parse('0001-01-01T00:00:00.000Z');
const LAST = Date.parse('9999-12-31T23:59:59.999Z');

/** Whether a moment has a year of four digits: beyond them instants do not compare as text. */
export function isStorable(millis: number): boolean {
  return FIRST <= millis && millis <= LAST;
}

/** Milliseconds since 1970-01-01 UTC to an instant. */
export function instantFromMillis(millis: number): Instant {
  return new Date(millis).toISOString();
}

/** An instant to milliseconds since 1970-01-01 UTC. */
export function millisOf(instant: Instant): number {
  return Date.parse(instant);
}

/** The instant `seconds` later (earlier when negative). */
export function plusSeconds(instant: Instant, seconds: number): Instant {
  return instantFromMillis(millisOf(instant) + Math.round(seconds * 1000));
}

/** The instant `minutes` later (earlier when negative). */
export function plusMinutes(instant: Instant, minutes: number): Instant {
  return instantFromMillis(millisOf(instant) + minutes * MINUTE);
}
