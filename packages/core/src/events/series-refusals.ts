import * as z from 'zod';
import { refusal } from '../kernel/index.ts';

export const invalidRule = refusal('invalid_rule', {
  kind: 'invalid',
  meaning: 'The recurrence rule cannot be read, has no end, or does not fit its first date.',
  details: z.object({
    rule: z.string(),
    part: z
      .string()
      .nullable()
      .meta({ description: 'The part that is wrong; null: the rule as a whole.' }),
    why: z.string(),
  }),
  hint: 'Write a rule such as FREQ=WEEKLY;BYDAY=FR,SA;COUNT=20, or with UNTIL=20271231.',
  message: ({ rule, why }) => `The rule ${rule} cannot be used: ${why}.`,
});

export const seriesTooLong = refusal('series_too_long', {
  kind: 'invalid',
  meaning: 'The rule gives more sessions than one series may have.',
  details: z.object({ rule: z.string(), limit: z.int() }),
  hint: 'Lower COUNT or bring UNTIL nearer, and add the rest as another series.',
  message: ({ rule, limit }) => `${rule} gives more than ${limit} sessions.`,
});

export const ambiguousTimes = refusal('ambiguous_times', {
  kind: 'invalid',
  meaning: 'Local times of a series exist twice, or not at all, because the clocks change then.',
  details: z.object({
    timezone: z.string(),
    times: z.array(z.object({ time: z.string(), readings: z.array(z.string()) })),
  }),
  hint: 'Say with onAmbiguous whether the earlier or the later reading counts, or skip these dates.',
  message: ({ timezone, times }) =>
    `The clocks in ${timezone} change at ${times.map(({ time, readings }) => `${time} (${readings.join(' or ')})`).join(', ')}.`,
});

export const notInSeries = refusal('not_in_series', {
  kind: 'conflict',
  meaning: 'The session was not made with a series.',
  details: z.object({ sessionId: z.string() }),
  hint: 'Change it by itself, with sessions.update.',
  message: ({ sessionId }) => `Session ${sessionId} is not part of a series.`,
});
