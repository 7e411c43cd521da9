import { describe, expect, it } from 'vitest';
import { EVERYBODY } from './checkin-list.ts';
import {
  type Door,
  type DoorRules,
  type DoorSession,
  decide,
  OUTSIDE,
  type Passage,
  type Presence,
  type ShownTicket,
} from './decide.ts';

/** Berlin is two hours ahead of UTC in July: 22:30Z is half past midnight there. */
const saturday: DoorSession = {
  id: 'ses_sat',
  doorsAt: '2027-07-10T16:00:00.000Z',
  startsAt: '2027-07-10T18:00:00.000Z',
  endsAt: '2027-07-10T21:00:00.000Z',
  state: 'scheduled',
};
const sunday: DoorSession = {
  id: 'ses_sun',
  doorsAt: null,
  startsAt: '2027-07-11T18:00:00.000Z',
  endsAt: '2027-07-11T21:00:00.000Z',
  state: 'scheduled',
};
const door = (rules: Partial<DoorRules> = {}, more: Partial<Door> = {}): Door => ({
  eventId: 'evt_1',
  timezone: 'Europe/Berlin',
  cancelledAt: null,
  sessions: [saturday, sunday],
  rules: { ...EVERYBODY, ...rules },
  ...more,
});
const ticket: ShownTicket = {
  eventId: 'evt_1',
  ticketTypeId: 'typ_std',
  sessionIds: null,
  revoked: null,
};
const at = (time: string, more: Partial<Passage> = {}): Passage => ({
  direction: 'entry',
  gate: 'North',
  at: `2027-07-${time}:00.000Z`,
  ...more,
});
const noon = at('10T12:00');
const leave = (time: string) => at(time, { direction: 'exit' });

/** Where a place is after it passed; throws where it was not let. */
function after(on: Door, ...passages: Passage[]): Presence {
  return passages.reduce((presence, passage) => {
    const verdict = decide(on, ticket, presence, passage);
    if (!verdict.admitted) throw new Error(`${passage.at}: ${verdict.reason}`);
    return verdict.presence;
  }, OUTSIDE);
}

describe('whom a door lets in', () => {
  const only = { ticketTypeIds: ['typ_vip'] };
  const doors = {
    opens: { of: 'doors', minutes: -30 },
    closes: { of: 'end', minutes: 0 },
  } as const;
  const ofSaturday = { ...ticket, sessionIds: ['ses_sat'] };
  const cancelled = { cancelledAt: '2027-07-10T11:00:00.000Z' };

  it.each<[string, Door, ShownTicket, Passage, string, string | null]>([
    [
      'a ticket of another event',
      door(),
      { ...ticket, eventId: 'evt_2' },
      noon,
      'wrong_event',
      null,
    ],
    [
      'a revoked code of somebody who is not inside',
      door(),
      { ...ticket, revoked: 'cancelled' },
      leave('10T12:00'),
      'not_inside',
      null,
    ],
    ['a revoked code', door(), { ...ticket, revoked: 'resold' }, noon, 'revoked', 'resold'],
    [
      'a revoked code of a cancelled event',
      door({}, cancelled),
      { ...ticket, revoked: 'refunded' },
      noon,
      'revoked',
      'refunded',
    ],
    [
      'whoever comes to a cancelled event',
      door({}, cancelled),
      ticket,
      noon,
      'event_cancelled',
      null,
    ],
    ['a type that is not on the list', door(only), ticket, noon, 'wrong_list', null],
    [
      'the wrong gate',
      door({ gates: ['South', 'East'] }),
      ticket,
      noon,
      'wrong_gate',
      'South, East',
    ],
    [
      'no gate where gates are named',
      door({ gates: ['North'] }),
      ticket,
      at('10T12:00', { gate: null }),
      'wrong_gate',
      'North',
    ],
    [
      'a session that is not on the list',
      door({ sessionIds: ['ses_sun'] }),
      ofSaturday,
      noon,
      'wrong_session',
      null,
    ],
    [
      'a session that is not now',
      door(doors),
      { ...ticket, sessionIds: ['ses_sun'] },
      at('10T18:00'),
      'wrong_session',
      null,
    ],
    [
      'a session that is cancelled',
      door({ sessionIds: ['ses_sat'] }, { sessions: [{ ...saturday, state: 'cancelled' }] }),
      ofSaturday,
      noon,
      'wrong_session',
      null,
    ],
    ['who is early', door(doors), ticket, at('10T15:29'), 'too_early', '2027-07-10T15:30:00.000Z'],
    [
      'who is between the days',
      door(doors),
      ticket,
      at('10T21:00'),
      'too_early',
      '2027-07-11T17:30:00.000Z',
    ],
    [
      'who is late',
      door(doors),
      ofSaturday,
      at('10T21:00'),
      'too_late',
      '2027-07-10T21:00:00.000Z',
    ],
    [
      'who is early for the list',
      door({ opensAt: '2027-07-10T12:01:00.000Z' }),
      ticket,
      noon,
      'too_early',
      '2027-07-10T12:01:00.000Z',
    ],
    ['who is late for the list', door({ closesAt: noon.at }), ticket, noon, 'too_late', noon.at],
    ['who leaves without having come', door(), ticket, leave('10T12:00'), 'not_inside', null],
  ])('refuses %s', (_case, on, shown, passage, reason, why) => {
    expect(decide(on, shown, OUTSIDE, passage)).toEqual({ admitted: false, reason, why });
  });

  it.each<[string, Door, ShownTicket, Passage]>([
    ['everybody once', door(), ticket, noon],
    ['before the event was cancelled', door({}, cancelled), ticket, at('10T10:59')],
    ['half an hour before doors', door(doors), ofSaturday, at('10T15:30')],
    ['before the start where there are no doors', door(doors), ticket, at('11T17:30')],
    ['a type on the list', door(only), { ...ticket, ticketTypeId: 'typ_vip' }, noon],
    ['at one of the gates', door({ gates: ['South', 'North'] }), ticket, noon],
  ])('admits %s', (_case, on, shown, passage) => {
    expect(decide(on, shown, OUTSIDE, passage)).toMatchObject({ admitted: true });
  });
});

describe('how often', () => {
  const exits = { exits: true };
  const back = { exits: true, reentry: true };
  const out = leave('10T13:00');
  const later = at('10T14:00');
  const tomorrow = at('11T14:00');
  const night = at('10T22:30');

  it.each<[string, Partial<DoorRules>, Passage[], Passage, string | null]>([
    ['once: not twice', {}, [noon], later, 'already_in'],
    ['once: not the next day', {}, [noon], tomorrow, 'already_in'],
    ['once, with exits: not while inside', exits, [noon], later, 'already_in'],
    ['once, with exits: not back', exits, [noon, out], later, 'no_reentry'],
    ['once, with re-entry: back', back, [noon, out], later, null],
    ['once, with re-entry: back on another day', back, [noon, out], tomorrow, null],
    [
      'once, with re-entry: not without an exit',
      back,
      [noon, out, later],
      at('10T15:00'),
      'already_in',
    ],
    ['once a day: not twice', { entries: 'once_a_day' }, [noon], later, 'already_in'],
    ['once a day: the next day', { entries: 'once_a_day' }, [noon], tomorrow, null],
    ['once a day: after midnight there', { entries: 'once_a_day' }, [noon], night, null],
    [
      'once a day, with exits: not back',
      { entries: 'once_a_day', ...exits },
      [noon, out],
      later,
      'no_reentry',
    ],
    [
      'once a day, with re-entry: back',
      { entries: 'once_a_day', ...back },
      [noon, out],
      later,
      null,
    ],
    [
      'once a day: whoever forgot to scan out',
      { entries: 'once_a_day', ...exits },
      [noon],
      tomorrow,
      null,
    ],
    [
      'twice: whoever forgot to scan out uses the second',
      { entries: 2, ...exits },
      [noon],
      tomorrow,
      null,
    ],
    [
      'twice: not while inside, the same day',
      { entries: 2, ...exits },
      [noon],
      later,
      'already_in',
    ],
    [
      'unlimited: whoever forgot to scan out',
      { entries: 'unlimited', ...exits },
      [noon],
      tomorrow,
      null,
    ],
    ['twice: a second time', { entries: 2 }, [noon], later, null],
    ['twice: not a third', { entries: 2 }, [noon, later], tomorrow, 'entries_used'],
    [
      'twice, with re-entry: back for nothing',
      { entries: 2, ...back },
      [noon, out, later, leave('10T15:00')],
      at('10T16:00'),
      null,
    ],
    [
      'once by number, with re-entry: not on another day',
      { entries: 1, ...back },
      [noon, out],
      tomorrow,
      'entries_used',
    ],
    ['unlimited: again', { entries: 'unlimited' }, [noon, later], tomorrow, null],
    [
      'unlimited, with exits: not while inside',
      { entries: 'unlimited', ...exits },
      [noon],
      later,
      'already_in',
    ],
    ['out: not twice', exits, [noon, out], leave('10T13:30'), 'not_inside'],
  ])('%s', (_case, rules, before, passage, reason) => {
    const on = door(rules);
    const verdict = decide(on, ticket, after(on, ...before), passage);
    expect(verdict.admitted ? null : verdict.reason).toBe(reason);
  });

  it('remembers first and last entry, and does not count coming back', () => {
    expect(after(door(back), noon, out, at('10T14:00', { gate: 'South' }))).toEqual({
      entries: 1,
      inside: true,
      firstAt: noon.at,
      firstGate: 'North',
      lastAt: later.at,
      lastGate: 'South',
      lastDay: '2027-07-10',
      leftAt: out.at,
    });
  });
});
