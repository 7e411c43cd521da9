import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { describe, expect, it } from 'vitest';
import { readRule } from '../src/events/rule.ts';
import { type Plan, planSeries, type Timetable } from '../src/events/series-times.ts';
import { isRefusal, millisOf } from '../src/kernel/index.ts';

function asked(rule: string, startsAt: string, more: Partial<Timetable> = {}): Timetable {
  const read = readRule(rule);
  if (isRefusal(read)) throw new Error(read.message);
  return {
    rule: read,
    startsAt,
    doorsBeforeMinutes: null,
    exceptDates: [],
    alsoOn: [],
    onAmbiguous: 'refuse',
    endsAt: null,
    ...('endsAt' in more ? {} : { durationMinutes: 120 }),
    ...more,
  };
}

function planned(timetable: Timetable, timezone: string): Plan {
  const plan = planSeries(timetable, timezone);
  if (isRefusal(plan)) throw new Error(plan.message);
  return plan;
}

const starts = (rule: string, startsAt: string, timezone: string, more?: Partial<Timetable>) =>
  planned(asked(rule, startsAt, more), timezone).sessions.map((session) => session.startsAt);

const refusal = (rule: string, startsAt: string, timezone: string, more?: Partial<Timetable>) => {
  const plan = planSeries(asked(rule, startsAt, more), timezone);
  return isRefusal(plan) ? { code: plan.code, ...plan.details } : plan;
};

describe('a series keeps its local time where the clocks change', () => {
  it.each([
    ['Europe/Berlin', '2027-03-26T19:30', ['26T18:30', '27T18:30', '28T17:30', '29T17:30']],
    ['Europe/Berlin', '2027-10-29T19:30', ['29T17:30', '30T17:30', '31T18:30', '01T18:30']],
    ['America/New_York', '2027-03-12T19:30', ['13T00:30', '14T00:30', '14T23:30', '15T23:30']],
    ['America/New_York', '2027-11-06T19:30', ['06T23:30', '08T00:30', '09T00:30', '10T00:30']],
    // Half an hour, in April back and in October forth.
    ['Australia/Lord_Howe', '2027-04-02T19:30', ['02T08:30', '03T08:30', '04T09:00', '05T09:00']],
    ['Australia/Lord_Howe', '2027-10-01T19:30', ['01T09:00', '02T09:00', '03T08:30', '04T08:30']],
    ['America/Santiago', '2027-04-02T19:30', ['02T22:30', '03T22:30', '04T23:30', '05T23:30']],
    ['Pacific/Auckland', '2027-09-24T19:30', ['24T07:30', '25T07:30', '26T06:30', '27T06:30']],
    // Moscow gave up winter time in 2011.
    ['Europe/Moscow', '2010-10-29T19:30', ['29T15:30', '30T15:30', '31T16:30', '01T16:30']],
    ['Europe/Moscow', '2011-10-29T19:30', ['29T15:30', '30T15:30', '31T15:30', '01T15:30']],
    ['Asia/Kolkata', '2027-03-26T19:30', ['26T14:00', '27T14:00', '28T14:00', '29T14:00']],
  ])('in %s from %s', (timezone, startsAt, expected) => {
    const given = starts('FREQ=DAILY;COUNT=4', startsAt, timezone);
    expect(given.map((instant) => instant.slice(8, 16))).toEqual(expected);
  });

  it('over a day that a zone left out, as Samoa did, it says so', () => {
    expect(refusal('FREQ=DAILY;COUNT=3', '2011-12-29T19:30', 'Pacific/Apia')).toMatchObject({
      code: 'ambiguous_times',
      times: [{ time: '2011-12-30T19:30:00' }],
    });
  });
});

describe('a local time that the clocks show twice or not at all', () => {
  const [gap, fold] = ['2027-03-27T02:30', '2027-10-30T02:30'];
  const daily = 'FREQ=DAILY;COUNT=3';

  it('is refused, every one of them with both readings', () => {
    expect(refusal('FREQ=DAILY;COUNT=300', gap, 'Europe/Berlin')).toEqual({
      code: 'ambiguous_times',
      timezone: 'Europe/Berlin',
      times: [
        {
          time: '2027-03-28T02:30:00',
          readings: ['2027-03-28T01:30:00+01:00', '2027-03-28T03:30:00+02:00'],
        },
        {
          time: '2027-10-31T02:30:00',
          readings: ['2027-10-31T02:30:00+02:00', '2027-10-31T02:30:00+01:00'],
        },
      ],
    });
  });

  it.each([
    ['earlier', gap, '2027-03-28T00:30:00.000Z'],
    ['later', gap, '2027-03-28T01:30:00.000Z'],
    ['earlier', fold, '2027-10-31T00:30:00.000Z'],
    ['later', fold, '2027-10-31T01:30:00.000Z'],
  ] as const)('is read as the %s one, from %s', (onAmbiguous, startsAt, second) => {
    expect(starts(daily, startsAt, 'Europe/Berlin', { onAmbiguous })[1]).toBe(second);
  });

  it('is left out and named', () => {
    const plan = planned(asked(daily, gap, { onAmbiguous: 'skip' }), 'Europe/Berlin');
    expect(plan.sessions.map(({ occurrence }) => occurrence.slice(8))).toEqual([
      '27T02:30:00',
      '29T02:30:00',
    ]);
    expect(plan.skipped.map(({ time }) => time)).toEqual(['2027-03-28T02:30:00']);
  });

  it('matters as the end of a session as well', () => {
    const night = { endsAt: '2027-10-31T02:30', durationMinutes: undefined };
    expect(
      refusal('FREQ=WEEKLY;COUNT=2', '2027-10-30T22:00', 'Europe/Berlin', night),
    ).toMatchObject({
      code: 'ambiguous_times',
      times: [{ time: '2027-10-31T02:30:00' }],
    });
  });

  it('never ends a session before it begins', () => {
    const night = { endsAt: '2027-03-28T02:15', durationMinutes: undefined } as const;
    expect(
      refusal('FREQ=WEEKLY;COUNT=2', '2027-03-28T01:30', 'Europe/Berlin', {
        ...night,
        onAmbiguous: 'earlier',
      }),
    ).toMatchObject({ code: 'invalid_session' });
  });
});

describe('the end of a session', () => {
  const nights = 'FREQ=DAILY;COUNT=2';
  it('with endsAt, is at the same local time however long the night', () => {
    const { sessions } = planned(
      asked(nights, '2027-10-30T23:00', { endsAt: '2027-10-31T06:00' }),
      'Europe/Berlin',
    );
    expect(sessions.map(({ endsAt }) => endsAt)).toEqual([
      '2027-10-31T05:00:00.000Z',
      '2027-11-01T05:00:00.000Z',
    ]);
    expect(sessions.map(hours)).toEqual([8, 7]);
  });

  it('with durationMinutes, comes after so many minutes', () => {
    const { sessions } = planned(
      asked(nights, '2027-10-30T23:00', { durationMinutes: 420, doorsBeforeMinutes: 90 }),
      'Europe/Berlin',
    );
    expect(sessions.map(hours)).toEqual([7, 7]);
    expect(sessions[0]?.doorsAt).toBe('2027-10-30T19:30:00.000Z');
  });

  const hours = ({ startsAt, endsAt }: { startsAt: string; endsAt: string }) =>
    (millisOf(endsAt) - millisOf(startsAt)) / 3_600_000;
});

describe('the dates of a rule', () => {
  const days = (rule: string, startsAt: string, more?: Partial<Timetable>) =>
    starts(rule, startsAt, 'Europe/Berlin', more).map((instant) => instant.slice(0, 10));

  it('on the 31st leave out the months that have none', () => {
    expect(days('FREQ=MONTHLY;COUNT=4', '2027-01-31T12:00')).toEqual([
      '2027-01-31',
      '2027-03-31',
      '2027-05-31',
      '2027-07-31',
    ]);
    expect(days('FREQ=MONTHLY;BYMONTHDAY=-1;COUNT=3', '2027-01-31T12:00')[1]).toBe('2027-02-28');
  });

  it('on the 29th of February come in leap years', () => {
    expect(days('FREQ=YEARLY;COUNT=3', '2092-02-29T12:00')).toEqual([
      '2092-02-29',
      '2096-02-29',
      '2104-02-29',
    ]);
  });

  it('can be several a day', () => {
    expect(starts('FREQ=DAILY;BYHOUR=15,20;COUNT=3', '2027-07-01T20:00', 'Europe/Berlin')).toEqual([
      '2027-07-01T18:00:00.000Z',
      '2027-07-02T13:00:00.000Z',
      '2027-07-02T18:00:00.000Z',
    ]);
  });

  it('end with UNTIL: a whole day, a local time, or an instant in UTC', () => {
    const until = (end: string) => days(`FREQ=DAILY;UNTIL=${end}`, '2027-03-26T19:30').length;
    expect(until('20270328')).toBe(3);
    expect(until('20270328T193000')).toBe(3);
    expect(until('20270328T192959')).toBe(2);
    expect(until('20270328T173000Z')).toBe(3);
    expect(until('20270328T172959Z')).toBe(2);
  });

  it('lack the exceptions and have the extra ones, each once, in order', () => {
    expect(
      starts('FREQ=WEEKLY;COUNT=4', '2027-12-10T19:30', 'Europe/Berlin', {
        exceptDates: ['2027-12-24', '2027-12-31T19:30', '2030-01-01'],
        alsoOn: ['2027-12-24T15:00', '2027-12-11', '2027-12-10T19:30'],
      }),
    ).toEqual([
      '2027-12-10T18:30:00.000Z',
      '2027-12-11T18:30:00.000Z',
      '2027-12-17T18:30:00.000Z',
      '2027-12-24T14:00:00.000Z',
    ]);
  });

  it.each([
    ['FREQ=WEEKLY;BYDAY=FR;COUNT=2', '2027-03-04T19:30', 'its first date is 2027-03-05T19:30:00'],
    ['FREQ=DAILY;UNTIL=20270303', '2027-03-04T19:30', 'it ends before its first date'],
    ['FREQ=DAILY;UNTIL=20270304T182959Z', '2027-03-04T19:30', 'it ends before its first date'],
    ['FREQ=DAILY;UNTIL=20270231', '2027-03-04T19:30', 'UNTIL is no date'],
    ['FREQ=WEEKLY;BYMONTHDAY=4;COUNT=2', '2027-03-04T19:30', 'BYMONTHDAY MUST NOT be used'],
    ['FREQ=MONTHLY;BYSETPOS=1;COUNT=2', '2027-03-04T19:30', 'BYSETPOS MUST be used with'],
    ['FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30;COUNT=2', '2027-03-04T19:30', 'fewer dates than COUNT'],
    ['FREQ=YEARLY;INTERVAL=1000;COUNT=20', '2027-03-04T19:30', 'fewer dates than COUNT'],
    [
      'FREQ=DAILY;INTERVAL=1000;BYMONTH=3;BYMONTHDAY=4;COUNT=400',
      '2027-03-04T19:30',
      'fewer dates',
    ],
  ])('%s from %s are refused', (rule, startsAt, why) => {
    expect(refusal(rule, startsAt, 'Europe/Berlin')).toMatchObject({
      code: 'invalid_rule',
      why: expect.stringContaining(why),
    });
  });

  it('are 500 at most, extra ones included', () => {
    expect(days('FREQ=DAILY;COUNT=500', '2027-01-01T12:00')).toHaveLength(500);
    const long = { code: 'series_too_long', limit: 500 };
    const at = '2027-01-01T12:00';
    expect(refusal('FREQ=DAILY;COUNT=501', at, 'UTC')).toMatchObject(long);
    expect(refusal('FREQ=DAILY;UNTIL=20991231', at, 'UTC')).toMatchObject(long);
    expect(refusal('FREQ=DAILY;COUNT=500', at, 'UTC', { alsoOn: ['2050-01-01'] })).toMatchObject(
      long,
    );
  });

  it('have years of four digits', () => {
    expect(refusal('FREQ=DAILY;COUNT=1', '9999-12-31T23:30', 'America/New_York')).toMatchObject({
      code: 'invalid_time',
    });
    expect(refusal('FREQ=DAILY;COUNT=1', '9999-12-31T23:30', 'UTC')).toMatchObject({
      code: 'invalid_time',
    });
  });
});

describe('every session of a series', () => {
  const timezone = fc.constantFrom(
    'Europe/Berlin',
    'America/New_York',
    'Australia/Lord_Howe',
    'America/Santiago',
    'Pacific/Auckland',
    'Africa/Casablanca',
    'Asia/Kolkata',
    'UTC',
  );
  const frequency = fc.constantFrom('DAILY', 'WEEKLY', 'MONTHLY', 'YEARLY');
  const start = fc
    .record({
      year: fc.integer({ min: 1990, max: 2100 }),
      month: fc.integer({ min: 1, max: 12 }),
      day: fc.integer({ min: 1, max: 31 }),
      hour: fc.integer({ min: 0, max: 23 }),
      minute: fc.integer({ min: 0, max: 59 }),
    })
    .map((fields) => Temporal.PlainDateTime.from(fields, { overflow: 'constrain' }));

  it('reads back as the local time that was asked for, in order, none twice', () => {
    fc.assert(
      fc.property(
        timezone,
        frequency,
        fc.integer({ min: 1, max: 60 }),
        fc.integer({ min: 1, max: 9 }),
        start,
        (zone, freq, count, interval, local) => {
          const rule = `FREQ=${freq};INTERVAL=${interval};COUNT=${count}`;
          const at = local.toString().slice(0, 16);
          const plan = planned(asked(rule, at, { onAmbiguous: 'skip' }), zone);
          expect(plan.sessions.length + plan.skipped.length).toBe(count);
          for (const { startsAt, occurrence } of plan.sessions) {
            const shown = Temporal.Instant.from(startsAt).toZonedDateTimeISO(zone);
            expect(shown.toPlainDateTime().toString()).toBe(occurrence);
            expect(shown.toPlainTime().equals(local.toPlainTime())).toBe(true);
          }
          const order = plan.sessions.map(({ startsAt }) => startsAt);
          expect([...new Set(order)].sort()).toEqual(order);
        },
      ),
      { numRuns: 60 },
    );
  });
});
