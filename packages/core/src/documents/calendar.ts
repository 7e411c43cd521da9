import type { EventRecord, SessionRecord } from '../events/index.ts';
import { type Instant, millisOf } from '../kernel/index.ts';
import type { Admission } from './admission.ts';

/** Octets of a line, at most (RFC 5545, 3.1). */
const LINE = 75;

/**
 * The dates of tickets as a calendar (RFC 5545): an entry for each session,
 * however many tickets open it. Its UID is the session's, so a calendar that has
 * it already changes it, and SEQUENCE counts up whenever the session or the
 * event was changed. Times are in UTC: a calendar shows them in its own zone.
 */
export function calendarOf(admissions: readonly Admission[], now: Instant): string {
  const sessions = new Map(
    admissions.flatMap((each) => each.sessions.map((session) => [session.id, session] as const)),
  );
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Ticketi//Ticketi//EN',
    'CALSCALE:GREGORIAN',
    'METHOD:PUBLISH',
    ...[...sessions.values()]
      .toSorted((one, other) => (one.startsAt < other.startsAt ? -1 : 1))
      .flatMap((session) =>
        entryOf(
          session,
          admissions.filter((each) => each.sessions.some(({ id }) => id === session.id)),
          now,
        ),
      ),
    'END:VCALENDAR',
  ];
  return lines.map((line) => `${folded(line)}\r\n`).join('');
}

function entryOf(session: SessionRecord, admissions: readonly Admission[], now: Instant): string[] {
  const [first] = admissions;
  if (first === undefined) return [];
  const { event } = first;
  return [
    'BEGIN:VEVENT',
    `UID:${session.id}@ticketi`,
    `DTSTAMP:${stamp(now)}`,
    `SEQUENCE:${session.revision + event.revision - 2}`,
    `DTSTART:${stamp(session.startsAt)}`,
    `DTEND:${stamp(session.endsAt)}`,
    `SUMMARY:${escaped(session.name === null ? event.name : `${event.name}: ${session.name}`)}`,
    ...(event.venue === null ? [] : [`LOCATION:${escaped(event.venue)}`]),
    `DESCRIPTION:${escaped(admissions.map(lineOf).join('\n'))}`,
    `STATUS:${statusOf(session, event)}`,
    'TRANSP:OPAQUE',
    'END:VEVENT',
  ];
}

function statusOf({ state }: SessionRecord, event: EventRecord): string {
  if (state === 'cancelled' || event.state === 'cancelled') return 'CANCELLED';
  return event.state === 'postponed' ? 'TENTATIVE' : 'CONFIRMED';
}

function lineOf({ ticket: { name, seat, id } }: Admission): string {
  return [name, seat?.label, id].filter((part) => part !== undefined).join(', ');
}

/** 20270710T180000Z; a calendar knows no parts of a second. */
function stamp(instant: Instant): string {
  const whole = new Date(millisOf(instant)).toISOString();
  return `${whole.slice(0, 19).replaceAll(/[-:]/g, '')}Z`;
}

/** Text as RFC 5545, 3.3.11, has it; what no text may hold is left out. */
function escaped(text: string): string {
  return text
    .replaceAll(/\r\n?/g, '\n')
    .replaceAll(/[\\;,]/g, (sign) => `\\${sign}`)
    .replaceAll('\n', '\\n')
    .replaceAll(/[\p{Cc}]/gu, '');
}

/** Lines that are too long go on in the next one, after a space; no character is cut. */
function folded(line: string): string {
  let [out, octets] = ['', 0];
  for (const character of line) {
    const size = Buffer.byteLength(character);
    if (octets + size > LINE) {
      out += '\r\n ';
      octets = 1;
    }
    out += character;
    octets += size;
  }
  return out;
}
