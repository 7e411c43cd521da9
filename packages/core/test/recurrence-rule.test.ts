import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readRule } from '../src/events/rule.ts';
import { isRefusal } from '../src/kernel/index.ts';

const wrong = (rule: string) => {
  const answer = readRule(rule);
  return isRefusal(answer) ? answer.details : answer;
};

describe('a recurrence rule', () => {
  it('is read in capitals, with or without its name', () => {
    const rule = { text: 'FREQ=WEEKLY;BYDAY=FR,SA;COUNT=20', pattern: 'FREQ=WEEKLY;BYDAY=FR,SA' };
    for (const text of [
      'RRULE:FREQ=WEEKLY;BYDAY=FR,SA;COUNT=20',
      'freq=weekly;byday=fr,sa;count=20',
    ]) {
      expect(readRule(text)).toEqual({ ...rule, count: 20, until: undefined });
    }
  });

  it.each([
    ['FREQ=WEEKLY;BYDAY=FR', null, 'it never ends: say COUNT or UNTIL'],
    ['FREQ=DAILY;COUNT=2;UNTIL=20270101', null, 'COUNT and UNTIL exclude each other'],
    ['BYDAY=FR;COUNT=3', null, 'FREQ is missing'],
    ['FREQ=DAILY;COUNT=3;COUNT=4', 'COUNT=4', 'COUNT is there twice'],
    ['FREQ=DAILY;COUNT=0', 'COUNT=0', 'COUNT wants whole numbers from 1 to 9999'],
    ['FREQ=DAILY;COUNT=1e3', 'COUNT=1E3', 'COUNT wants whole numbers from 1 to 9999'],
    ['FREQ=DAILY;COUNT=3;', '', ' is not a part that is known'],
    ['FREQ=DAILY;COUNT=3;RSCALE=HEBREW', 'RSCALE=HEBREW', 'RSCALE is not a part that is known'],
    [
      'FREQ=DAILY;COUNT=3;CONSTRUCTOR=1',
      'CONSTRUCTOR=1',
      'CONSTRUCTOR is not a part that is known',
    ],
    [
      'FREQ=DAILY;UNTIL=2027-01-01',
      'UNTIL=2027-01-01',
      expect.stringContaining('UNTIL wants a date'),
    ],
    ['FREQ=HOURLY;COUNT=3', 'FREQ=HOURLY', expect.stringContaining('BYHOUR')],
    ['FREQ=DAILY;BYHOUR=24;COUNT=3', 'BYHOUR=24', 'BYHOUR wants whole numbers from 0 to 23'],
    ['FREQ=DAILY;BYDAY=FRI;COUNT=3', 'BYDAY=FRI', expect.stringContaining('weekdays such as FR')],
    ['FREQ=MONTHLY;BYMONTHDAY=0;COUNT=3', 'BYMONTHDAY=0', expect.stringContaining('from 1 to 31')],
    [
      'FREQ=DAILY;BYHOUR=1,2,3,4,5;BYMINUTE=0,10,20,30,40;COUNT=3',
      null,
      'it has more than 24 times a day',
    ],
  ])('%s is refused', (rule, part, why) => {
    expect(wrong(rule)).toEqual({ rule, part, why });
  });

  it('is read or refused, whatever is written', () => {
    const piece = fc.constantFrom(
      'FREQ',
      'COUNT',
      'BYDAY',
      '=',
      ';',
      ',',
      'DAILY',
      '-1',
      'FR',
      '7',
      '',
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.array(piece).map((all) => all.join('')),
        ),
        (text) => {
          const answer = readRule(text);
          return isRefusal(answer) || answer.text.includes('FREQ=');
        },
      ),
    );
  });
});
