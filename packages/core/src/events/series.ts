import * as z from 'zod';
import { Instant, idOf } from '../kernel/index.ts';
import { EventId } from './event.ts';
import { RULE_LENGTH } from './rule.ts';

export const SeriesId = idOf('ser');

/** A time as the clock on the wall of the event shows it: never with an offset. */
export const LocalTime = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2})?$/, {
    error: 'Expected a local time without offset, such as 2027-07-09T19:30.',
  })
  .meta({
    description: 'A local time in the event’s time zone, without an offset.',
    examples: ['2027-07-09T19:30'],
  });

/** A day, or one start on it. */
export const LocalDate = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2})?)?$/, {
    error: 'Expected a date such as 2027-12-24, or a local time such as 2027-12-24T19:30.',
  })
  .meta({ examples: ['2027-12-24'] });

export const Rule = z
  .string()
  .trim()
  .min(1)
  .max(RULE_LENGTH)
  .meta({
    description: 'A recurrence rule (RFC 5545) with COUNT or UNTIL, in local time.',
    examples: ['FREQ=WEEKLY;BYDAY=FR,SA;COUNT=20'],
  });

export const DurationMinutes = z
  .int()
  .min(1)
  .max(60 * 24 * 366)
  .meta({ description: 'How long a session lasts, in minutes that pass.' });

export const DoorsBeforeMinutes = z
  .int()
  .min(0)
  .max(60 * 24)
  .meta({ description: 'How long before the start doors open, in minutes.' });

export const Series = z
  .object({
    id: SeriesId,
    eventId: EventId,
    rule: z.string().meta({ description: 'The recurrence rule that it was made from (RFC 5545).' }),
    timezone: z.string().meta({ description: 'The event’s time zone, in which the rule counts.' }),
    startsAt: z
      .string()
      .meta({ description: 'Local time of the first date: 2027-07-09T19:30:00.' }),
    endsAt: z.string().nullable().meta({
      description: 'Local end of the first date; null: sessions last `durationMinutes`.',
    }),
    durationMinutes: z.int().nullable(),
    exceptDates: z.array(z.string()),
    alsoOn: z.array(z.string()),
    createdAt: Instant,
  })
  .meta({ id: 'Series', description: 'The rule from which sessions of an event were made.' });

/** What was asked for. It never changes: the sessions themselves say what became of it. */
export interface SeriesRecord {
  readonly id: string;
  readonly organizerId: string;
  readonly eventId: string;
  readonly rule: string;
  /** Local times as text: 2027-07-09T19:30:00. */
  readonly startsAt: string;
  readonly endsAt: string | null;
  readonly durationMinutes: number | null;
  readonly exceptDates: readonly string[];
  readonly alsoOn: readonly string[];
  readonly createdAt: string;
}
