import { RRuleTemporal } from 'rrule-temporal';
import { Temporal } from 'temporal-polyfill';
import type { Refusal } from '../kernel/index.ts';
import { type Rule, SERIES_LIMIT } from './rule.ts';
import { invalidRule, seriesTooLong } from './series-refusals.ts';
import { localTime } from './wall-clock.ts';

/** How far the library looks for the next date before it gives up, in periods of FREQ. */
const PATIENCE = 20_000;

const ENDS_FIRST = 'it ends before its first date';
const TOO_FEW = 'it has fewer dates than COUNT says';

type Local = Temporal.PlainDateTime;

/**
 * The local times that a rule gives, the first one being `start`.
 *
 * The rule is counted out on the bare calendar, as if its times were UTC, where
 * no hour is missing and none is there twice. The time zone comes afterwards:
 * a library that knew it would leave out what the clocks jump over, unasked.
 */
export function occurrencesOf(
  rule: Rule,
  start: Local,
  timezone: string,
): Local[] | Refusal<'invalid_rule' | 'series_too_long'> {
  const no = (why: string) => invalidRule({ rule: rule.text, part: null, why });
  const until = rule.until === undefined ? undefined : endOf(rule.until, timezone);
  if (until === 'invalid') {
    return invalidRule({ rule: rule.text, part: `UNTIL=${rule.until}`, why: 'UNTIL is no date' });
  }
  if (until !== undefined && Temporal.PlainDateTime.compare(start, until.local) > 0) {
    return no(ENDS_FIRST);
  }

  const found: Local[] = [];
  const left = countedOut(rule, start, (local) => {
    if (until !== undefined && Temporal.PlainDateTime.compare(local, until.local) > 0) return false;
    found.push(local);
    return found.length <= SERIES_LIMIT;
  });
  if (left !== undefined) return no(left);
  if (found.length < Math.min(rule.count ?? 0, SERIES_LIMIT)) return no(TOO_FEW);
  const [first] = found;
  if (first === undefined || !first.equals(start)) {
    const instead = first === undefined ? '' : `; its first date is ${first.toString()}`;
    return no(`startsAt ${start.toString()} is not one of its dates${instead}`);
  }
  if (found.length > SERIES_LIMIT) return seriesTooLong({ rule: rule.text, limit: SERIES_LIMIT });
  if (until?.instant === undefined) return found;
  const before = notAfter(found, until.instant, timezone);
  return before.length === 0 ? no(ENDS_FIRST) : before;
}

/** Gives each date to `take` until it says no. Returns why there were fewer than COUNT. */
function countedOut(rule: Rule, start: Local, take: (local: Local) => boolean): string | undefined {
  try {
    const dates = new RRuleTemporal({
      rruleString: `${rule.pattern}${rule.count === undefined ? '' : `;COUNT=${rule.count}`}`,
      dtstart: start.toZonedDateTime('UTC'),
      tzid: 'UTC',
      temporal: Temporal,
      strict: true,
      cache: false,
      maxIterations: PATIENCE,
    });
    dates.all((date) => {
      const local = date.toPlainDateTime();
      return local.year <= 9999 && take(local);
    });
    return undefined;
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    // Its own words for parts that do not go together; the other two are its ways to give up.
    if (error instanceof RangeError || error.message.startsWith('Maximum')) {
      return TOO_FEW;
    }
    return error.message;
  }
}

interface End {
  /** Nothing later than this is asked for. */
  readonly local: Local;
  /** The end exactly, when it was given in UTC. */
  readonly instant: Temporal.Instant | undefined;
}

/** The end that UNTIL sets: a date is meant whole, a time without Z is local. */
function endOf(until: string, timezone: string): End | 'invalid' {
  const [, year, month, day, time = 'T235959'] = /^(\d{4})(\d\d)(\d\d)(T\d{6})?/.exec(until) ?? [];
  const local = localTime(
    `${year}-${month}-${day}T${time.slice(1, 3)}:${time.slice(3, 5)}:${time.slice(5, 7)}`,
  );
  if (local === undefined) return 'invalid';
  if (!until.endsWith('Z')) return { local, instant: undefined };
  const instant = local.toZonedDateTime('UTC').toInstant();
  // Where the clocks are set back, a later reading of the local time is an earlier one too.
  const shown = instant.toZonedDateTimeISO(timezone).toPlainDateTime();
  return { local: shown.add({ days: 1 }), instant };
}

function notAfter(found: readonly Local[], end: Temporal.Instant, timezone: string): Local[] {
  return found.filter(
    (local) => Temporal.Instant.compare(local.toZonedDateTime(timezone).toInstant(), end) <= 0,
  );
}
