import { describe, expect, it } from 'vitest';
import { isRefusal } from '../kernel/index.ts';
import { instantOf, TimeInput, Timezone } from './local-time.ts';

describe('local times', () => {
  it.each([
    ['2027-07-10T18:00', 'Europe/Berlin', '2027-07-10T16:00:00.000Z'],
    ['2027-01-10T18:00', 'Europe/Berlin', '2027-01-10T17:00:00.000Z'],
    ['2027-07-10T18:00:30.5', 'Asia/Kolkata', '2027-07-10T12:30:30.500Z'],
    ['2027-07-10T18:00Z', 'Europe/Berlin', '2027-07-10T18:00:00.000Z'],
    ['2027-07-10T18:00:00+09:00', 'Europe/Berlin', '2027-07-10T09:00:00.000Z'],
  ])('%s in %s is %s', async (time, timezone, instant) => {
    expect(await instantOf(time, timezone)).toBe(instant);
  });

  it('are refused when the clocks show them twice, with both readings', async () => {
    const answer = await instantOf('2027-10-31T02:30', 'Europe/Berlin');
    expect(isRefusal(answer) && answer).toMatchObject({
      code: 'ambiguous_time',
      details: { readings: ['2027-10-31T02:30:00+02:00', '2027-10-31T02:30:00+01:00'] },
    });
  });

  it('are refused when the clocks jump over them, with both readings', async () => {
    const answer = await instantOf('2027-03-28T02:30', 'Europe/Berlin');
    expect(isRefusal(answer) && answer).toMatchObject({
      code: 'ambiguous_time',
      details: { readings: ['2027-03-28T01:30:00+01:00', '2027-03-28T03:30:00+02:00'] },
    });
  });

  it('an offset settles it', async () => {
    expect(await instantOf('2027-10-31T02:30+01:00', 'Europe/Berlin')).toBe(
      '2027-10-31T01:30:00.000Z',
    );
  });

  it.each(['2027-02-30T18:00', '2027-13-01T00:00', '2027-07-10T25:00'])(
    '%s is no time at all',
    async (time) => {
      expect(await instantOf(time, 'Europe/Berlin')).toMatchObject({ code: 'invalid_time' });
    },
  );

  it('have to be written in full', () => {
    expect(TimeInput.safeParse('2027-07-10T18:00').success).toBe(true);
    for (const text of ['2027-07-10', '18:00', 'tomorrow', '2027-7-1T8:00', '']) {
      expect(TimeInput.safeParse(text).success, text).toBe(false);
    }
  });

  it('need a place as their zone, not an offset', () => {
    expect(Timezone.safeParse('Europe/Berlin').success).toBe(true);
    for (const zone of ['+02:00', 'Europe/Nowhere', '', 'Mars']) {
      expect(Timezone.safeParse(zone).success, zone).toBe(false);
    }
  });
});
