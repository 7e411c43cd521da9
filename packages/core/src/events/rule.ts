import type { Refusal } from '../kernel/index.ts';
import { invalidRule } from './series-refusals.ts';

/** A recurrence rule (RFC 5545, 3.3.10) whose parts were checked one by one. */
export interface Rule {
  /** In capitals, without `RRULE:` before it. */
  readonly text: string;
  /** The same without COUNT and UNTIL. */
  readonly pattern: string;
  readonly count: number | undefined;
  readonly until: string | undefined;
}

/** Sessions of one series, at most. */
export const SERIES_LIMIT = 500;
/** The longest rule that is read, in characters. */
export const RULE_LENGTH = 500;
/** Starts a day, at most: BYHOUR times BYMINUTE. More is no timetable, and slow to count out. */
const TIMES_A_DAY = 24;

const numbers = (least: number, most: number, signed = false) => ({
  wants: signed
    ? `whole numbers from ${least} to ${most}, or from the end with a minus`
    : `whole numbers from ${least} to ${most}`,
  fits(value: string): boolean {
    if (!/^-?\d{1,4}$/.test(value)) return false;
    const number = Number(value);
    const size = signed ? Math.abs(number) : number;
    return least <= size && size <= most;
  },
});

const WEEKDAY = /^(?:MO|TU|WE|TH|FR|SA|SU)$/;

/** What each part may say; `list`: several, with commas. */
const PARTS: Readonly<
  Record<string, { list?: true; wants: string; fits(value: string): boolean }>
> = {
  FREQ: {
    wants: 'DAILY, WEEKLY, MONTHLY or YEARLY (for several times a day, add BYHOUR)',
    fits: (value) => /^(?:DAILY|WEEKLY|MONTHLY|YEARLY)$/.test(value),
  },
  INTERVAL: numbers(1, 1000),
  COUNT: numbers(1, 9999),
  UNTIL: {
    wants: 'a date (20270531), a local time (20270531T193000) or one in UTC (20270531T173000Z)',
    fits: (value) => /^\d{8}(?:T\d{6}Z?)?$/.test(value),
  },
  BYMONTH: { list: true, ...numbers(1, 12) },
  BYWEEKNO: { list: true, ...numbers(1, 53, true) },
  BYYEARDAY: { list: true, ...numbers(1, 366, true) },
  BYMONTHDAY: { list: true, ...numbers(1, 31, true) },
  BYDAY: {
    list: true,
    wants: 'weekdays such as FR, or 1FR and -1FR for the first and the last of a month',
    fits: (value) => /^(?:[+-]?(?:[1-9]|[1-4]\d|5[0-3]))?(?:MO|TU|WE|TH|FR|SA|SU)$/.test(value),
  },
  BYHOUR: { list: true, ...numbers(0, 23) },
  BYMINUTE: { list: true, ...numbers(0, 59) },
  BYSETPOS: { list: true, ...numbers(1, 366, true) },
  WKST: { wants: 'a weekday', fits: (value) => WEEKDAY.test(value) },
};

/** Reads a rule, or names the part of it that is wrong. */
export function readRule(given: string): Rule | Refusal<'invalid_rule'> {
  const rule = given;
  const parts = new Map<string, string>();
  for (const part of given
    .trim()
    .toUpperCase()
    .replace(/^RRULE:/, '')
    .split(';')) {
    const at = part.indexOf('=');
    const name = part.slice(0, Math.max(at, 0));
    const value = part.slice(at + 1);
    const known = Object.hasOwn(PARTS, name) ? PARTS[name] : undefined;
    if (known === undefined) {
      return invalidRule({
        rule,
        part,
        why: `${at < 0 ? part : name} is not a part that is known`,
      });
    }
    if (parts.has(name)) return invalidRule({ rule, part, why: `${name} is there twice` });
    const values = known.list ? value.split(',') : [value];
    if (!values.every((one) => known.fits(one))) {
      return invalidRule({ rule, part, why: `${name} wants ${known.wants}` });
    }
    parts.set(name, value);
  }
  return bounded(rule, parts);
}

function bounded(rule: string, parts: ReadonlyMap<string, string>) {
  const no = (why: string) => invalidRule({ rule, part: null, why });
  const [count, until] = [parts.get('COUNT'), parts.get('UNTIL')];
  if (!parts.has('FREQ')) return no('FREQ is missing');
  if (count === undefined && until === undefined) {
    return no('it never ends: say COUNT or UNTIL');
  }
  if (count !== undefined && until !== undefined) return no('COUNT and UNTIL exclude each other');
  const times = (name: string) => parts.get(name)?.split(',').length ?? 1;
  if (times('BYHOUR') * times('BYMINUTE') > TIMES_A_DAY) {
    return no(`it has more than ${TIMES_A_DAY} times a day`);
  }
  const text = [...parts].map(([name, value]) => `${name}=${value}`);
  return {
    text: text.join(';'),
    pattern: text.filter((part) => !/^(?:COUNT|UNTIL)=/.test(part)).join(';'),
    count: count === undefined ? undefined : Number(count),
    until,
  };
}
