import { Temporal } from 'temporal-polyfill';
import {
  type Instant,
  isRefusal,
  isStorable,
  millisOf,
  plusMinutes,
  type Refusal,
} from '../kernel/index.ts';
import { invalidTime } from './local-time.ts';
import { occurrencesOf } from './occurrences.ts';
import { invalidSession } from './refusals.ts';
import { type Rule, SERIES_LIMIT } from './rule.ts';
import { ambiguousTimes, invalidRule, seriesTooLong } from './series-refusals.ts';
import { type Ambiguity, localTime, type OnAmbiguous, WallClock } from './wall-clock.ts';

/** How a series is asked for; times are local. */
export interface Timetable {
  readonly rule: Rule;
  readonly startsAt: string;
  /** The end of the first date; null: `durationMinutes`. */
  readonly endsAt: string | null;
  readonly durationMinutes?: number | undefined;
  readonly doorsBeforeMinutes: number | null;
  readonly exceptDates: readonly string[];
  readonly alsoOn: readonly string[];
  readonly onAmbiguous: OnAmbiguous;
}

/** The times of one session, and the local time that the rule gave it. */
interface PlannedSession {
  readonly occurrence: string;
  readonly startsAt: Instant;
  readonly endsAt: Instant;
  readonly doorsAt: Instant | null;
}

export interface Plan {
  readonly sessions: readonly PlannedSession[];
  /** Dates that were left out because the clocks change then. */
  readonly skipped: readonly Ambiguity[];
}

type Local = Temporal.PlainDateTime;

/** The times of every session of a series, in order; it refuses as a whole. */
export function planSeries(
  asked: Timetable,
  timezone: string,
):
  | Plan
  | Refusal<
      'invalid_rule' | 'series_too_long' | 'invalid_time' | 'invalid_session' | 'ambiguous_times'
    > {
  const start = localTime(asked.startsAt);
  if (start === undefined) return invalidTime({ time: asked.startsAt });
  const end = asked.endsAt === null ? null : localTime(asked.endsAt);
  if (end === undefined) return invalidTime({ time: asked.endsAt ?? '' });
  if (end !== null && Temporal.PlainDateTime.compare(end, start) <= 0) {
    const [startsAt, endsAt] = [start.toString(), end.toString()];
    return invalidSession({ startsAt, endsAt, doorsAt: null });
  }
  const dates = datesOf(asked, start, timezone);
  if (isRefusal(dates)) return dates;

  const clock = new WallClock(timezone);
  const length = end === null ? null : start.until(end);
  const sessions: PlannedSession[] = [];
  const ambiguous: Ambiguity[] = [];
  for (const local of dates) {
    const planned = planOne(clock, asked, local, length);
    if (planned === undefined) return invalidTime({ time: local.toString() });
    if (isRefusal(planned)) return planned;
    if ('readings' in planned) ambiguous.push(planned);
    else sessions.push(planned);
  }
  if (asked.onAmbiguous === 'refuse' && ambiguous.length > 0) {
    return ambiguousTimes({
      timezone,
      times: ambiguous.map(({ time, readings }) => ({ time, readings: [...readings] })),
    });
  }
  return sessions.length === 0
    ? invalidRule({ rule: asked.rule.text, part: null, why: 'nothing is left of it' })
    : { sessions, skipped: ambiguous };
}

function planOne(
  clock: WallClock,
  asked: Timetable,
  local: Local,
  length: Temporal.Duration | null,
): PlannedSession | Ambiguity | Refusal<'invalid_session'> | undefined {
  const startsAt = clock.instantOf(local, asked.onAmbiguous);
  if (typeof startsAt !== 'string') return startsAt;
  const endsAt =
    length === null
      ? plusMinutes(startsAt, asked.durationMinutes ?? 0)
      : clock.instantOf(local.add(length), asked.onAmbiguous);
  if (typeof endsAt !== 'string') return endsAt;
  const before = asked.doorsBeforeMinutes;
  const doorsAt = before === null ? null : plusMinutes(startsAt, -before);
  if (![startsAt, endsAt, doorsAt ?? startsAt].every(isKept)) return undefined;
  // An end that the clocks jump over, read as the earlier one, may come before the start.
  if (endsAt <= startsAt) return invalidSession({ startsAt, endsAt, doorsAt });
  return { occurrence: local.toString(), startsAt, endsAt, doorsAt };
}

/** Whether its year has four digits. */
function isKept(instant: Instant): boolean {
  return isStorable(millisOf(instant));
}

/** What the rule gives, without the exceptions, with the extra dates, in order, none twice. */
function datesOf(asked: Timetable, start: Local, timezone: string) {
  const given = occurrencesOf(asked.rule, start, timezone);
  if (isRefusal(given)) return given;
  const except = new Set<string>();
  for (const text of asked.exceptDates) {
    const parsed = localTime(text);
    if (parsed === undefined) return invalidTime({ time: text });
    except.add(text.includes('T') ? parsed.toString() : parsed.toPlainDate().toString());
  }
  const dates = new Map<string, Local>();
  for (const local of given) {
    const [time, day] = [local.toString(), local.toPlainDate().toString()];
    if (!except.has(time) && !except.has(day)) dates.set(time, local);
  }
  for (const text of asked.alsoOn) {
    const parsed = localTime(text);
    if (parsed === undefined) return invalidTime({ time: text });
    const local = text.includes('T') ? parsed : parsed.withPlainTime(start.toPlainTime());
    dates.set(local.toString(), local);
  }
  if (dates.size > SERIES_LIMIT) {
    return seriesTooLong({ rule: asked.rule.text, limit: SERIES_LIMIT });
  }
  return [...dates.values()].sort(Temporal.PlainDateTime.compare);
}
