import ICAL from 'ical.js';
import { describe, expect, it } from 'vitest';
import type { Admission } from '../src/documents/admission.ts';
import { calendarOf } from '../src/documents/calendar.ts';
import { admissionOf, sessionOf } from './support/admissions.ts';

const NOW = '2097-06-01T12:00:00.123Z';

/** As somebody else's parser finds it. */
function entriesOf(text: string) {
  const calendar = new ICAL.Component(ICAL.parse(text));
  return calendar.getAllSubcomponents('vevent').map((entry) => {
    const { uid, sequence, startDate, endDate, summary, location, description } = new ICAL.Event(
      entry,
    );
    const status = entry.getFirstPropertyValue('status');
    const [starts, ends] = [startDate, endDate].map((date) => date.toJSDate().toISOString());
    return { uid, sequence, starts, ends, summary, location, description, status };
  });
}
const read = (...admissions: Admission[]) => entriesOf(calendarOf(admissions, NOW));

describe('the calendar of tickets', () => {
  it('has an entry for the session, in UTC, with the texts as they are', () => {
    expect(read(admissionOf({ event: { name: 'Night; a\\b, "c"\nNew: line' } }))).toEqual([
      {
        uid: 'ses_01k0000000e008000000000000@ticketi',
        sequence: 0,
        starts: '2097-07-10T16:00:00.000Z',
        ends: '2097-07-10T23:00:00.000Z',
        summary: 'Night; a\\b, "c"\nNew: line',
        location: 'Łódź, Park 1; back door',
        description: 'Stalls, A-3-14, tkt_01k0000000e008000000000000',
        status: 'CONFIRMED',
      },
    ]);
  });

  it('has one entry a session, however many tickets open it, in their order', () => {
    const [late, early] = [
      sessionOf({ id: 'ses_2', startsAt: '2097-07-12T16:00:00.000Z', name: 'Sunday' }),
      sessionOf({ id: 'ses_1' }),
    ];
    const pass = admissionOf({ sessions: [early, late] });
    const other = admissionOf({ sessions: [late], ticket: { id: 'tkt_2', seat: null } });
    const found = read(pass, other);
    expect(found.map(({ uid }) => uid)).toEqual(['ses_1@ticketi', 'ses_2@ticketi']);
    expect(found[1]?.summary).toBe('Αθήνα by Night, Клуб: Sunday');
    expect(found[1]?.description.split('\n')).toHaveLength(2);
    expect(found[0]?.description.split('\n')).toHaveLength(1);
  });

  it('keeps the UID and counts up when the session moves, or the event changes', () => {
    const [was] = read(admissionOf());
    const moved = sessionOf({ startsAt: '2097-07-11T16:00:00.000Z', revision: 2 });
    const [next] = read(
      admissionOf({ sessions: [moved], event: { venue: 'Elsewhere', revision: 3 } }),
    );
    expect(next).toMatchObject({ uid: was?.uid, sequence: 3, starts: '2097-07-11T16:00:00.000Z' });
  });

  it('says what is off, and what is not sure', () => {
    const off = sessionOf({ state: 'cancelled' });
    expect(read(admissionOf({ sessions: [off] }))[0]?.status).toBe('CANCELLED');
    expect(read(admissionOf({ event: { state: 'cancelled' } }))[0]?.status).toBe('CANCELLED');
    expect(read(admissionOf({ event: { state: 'postponed' } }))[0]?.status).toBe('TENTATIVE');
  });

  it('has lines of 75 octets at most, cuts no character, and ends each with CR LF', () => {
    const name = 'Ω😀é'.repeat(60);
    const text = calendarOf([admissionOf({ event: { name } })], NOW);
    const lines = text.split('\r\n');
    expect(lines.pop()).toBe('');
    for (const line of lines) {
      expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75);
      expect(line).not.toMatch(/[\r\n\uFFFD]/);
    }
    expect(lines.some((line) => Buffer.byteLength(line) > 70)).toBe(true);
    expect(entriesOf(text)[0]?.summary).toBe(name);
  });

  it('takes no line of its own out of a text', () => {
    const name = 'Party\r\nEND:VEVENT\r\nBEGIN:VEVENT\u0000\u0007';
    expect(read(admissionOf({ event: { name } }))).toHaveLength(1);
  });
});
