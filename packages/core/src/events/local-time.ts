import * as z from 'zod';
import { instantFromMillis, isStorable, refusal } from '../kernel/index.ts';

/**
 * A time as organizers write it: with `Z` or an offset, or as the clock on the
 * wall shows it in the event's time zone (`2027-07-10T18:00`).
 */
export const TimeInput = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,3})?)?(Z|[+-]\d{2}:\d{2})?$/, {
    error: 'Expected a time such as 2027-07-10T18:00, or with an offset 2027-07-10T18:00:00+02:00.',
  })
  .meta({
    description: 'A time with `Z` or an offset, or a local time in the event’s time zone.',
    examples: ['2027-07-10T18:00'],
  });

/** An IANA time zone that this platform knows. */
export const Timezone = z
  .string()
  .max(64)
  .refine(isTimezone, { error: 'Expected an IANA time zone, such as Europe/Berlin.' })
  .meta({ description: 'An IANA time zone.', examples: ['Europe/Berlin'] });

export const ambiguousTime = refusal('ambiguous_time', {
  kind: 'invalid',
  meaning: 'The local time exists twice, or not at all, on that day.',
  details: z.object({
    time: z.string(),
    timezone: z.string(),
    readings: z.array(z.string()),
  }),
  hint: 'Write the time with its offset; the readings are in the details.',
  message: ({ time, timezone, readings }) =>
    `${time} in ${timezone} can be read as ${readings.join(' or as ')}: the clocks change then.`,
});

export const invalidTime = refusal('invalid_time', {
  kind: 'invalid',
  meaning: 'There is no such date or time of day, or its year is not between 1 and 9999.',
  details: z.object({ time: z.string() }),
  message: ({ time }) => `${time} is not a time: check the month, the day and the hour.`,
});

/** The instant of a written time; a refusal when it is none or could be two. */
export async function instantOf(time: string, timezone: string) {
  // Loaded when somebody writes a local time, not when the SDK starts.
  const { Temporal } = await import('temporal-polyfill');
  try {
    if (/(Z|[+-]\d{2}:\d{2})$/.test(time)) {
      return storable(Temporal.Instant.from(time).epochMilliseconds, time);
    }
    const local = Temporal.PlainDateTime.from(time, { overflow: 'reject' });
    const earlier = local.toZonedDateTime(timezone, { disambiguation: 'earlier' });
    const later = local.toZonedDateTime(timezone, { disambiguation: 'later' });
    if (earlier.epochMilliseconds === later.epochMilliseconds) {
      return storable(earlier.epochMilliseconds, time);
    }
    const readings = [earlier, later].map((zoned) => zoned.toString({ timeZoneName: 'never' }));
    return ambiguousTime({ time, timezone, readings });
  } catch (error) {
    if (error instanceof RangeError) return invalidTime({ time });
    throw error;
  }
}

function storable(millis: number, time: string) {
  return isStorable(millis) ? instantFromMillis(millis) : invalidTime({ time });
}

function isTimezone(name: string): boolean {
  try {
    // Only names of places: an offset such as +02:00 knows nothing of summer time.
    return /^[A-Za-z]/.test(name) && Boolean(new Intl.DateTimeFormat('en', { timeZone: name }));
  } catch {
    return false;
  }
}
