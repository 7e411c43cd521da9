import type { DoorRules, DoorSession } from './decide.ts';

/** A moment told from a session: so many minutes after its doors, start or end. */
export interface SessionMoment {
  readonly of: 'doors' | 'start' | 'end';
  readonly minutes: number;
}

export type Window =
  | { readonly open: true }
  | {
      readonly open: false;
      readonly reason: 'wrong_session' | 'too_early' | 'too_late';
      /** For `too_early`: when it opens; for `too_late`: when it closed. */
      readonly why: string | null;
    };

/** Whether a ticket may come in at an instant: in the time of the list and of one of its sessions. */
export function windowOf(
  sessions: readonly DoorSession[],
  rules: DoorRules,
  ticketSessions: readonly string[] | null,
  at: string,
): Window {
  if (rules.opensAt !== null && at < rules.opensAt) return closed('too_early', rules.opensAt);
  if (rules.closesAt !== null && at >= rules.closesAt) return closed('too_late', rules.closesAt);
  const timed = rules.opens !== null || rules.closes !== null;
  if (!timed && rules.sessionIds === null) return { open: true };
  const on = sessions
    .filter(({ id, state }) => state === 'scheduled' && isAmong(rules.sessionIds, id))
    .map((session) => ({
      own: isAmong(ticketSessions, session.id),
      opens: rules.opens && momentOf(session, rules.opens),
      closes: rules.closes && momentOf(session, rules.closes),
    }));
  const own = on.filter((one) => one.own);
  if (own.length === 0) return closed('wrong_session', null);
  const isOpen = ({ opens, closes }: { opens: string | null; closes: string | null }) =>
    (opens === null || opens <= at) && (closes === null || at < closes);
  if (own.some(isOpen)) return { open: true };
  if (on.some(isOpen)) return closed('wrong_session', null);
  const next = own.flatMap(({ opens }) => (opens !== null && opens > at ? [opens] : [])).sort();
  if (next[0] !== undefined) return closed('too_early', next[0]);
  return closed(
    'too_late',
    own
      .flatMap(({ closes }) => closes ?? [])
      .sort()
      .at(-1) ?? null,
  );
}

/** The day that it is somewhere, as 2027-07-10. */
export function localDay(at: string, timezone: string): string {
  let format = days.get(timezone);
  if (format === undefined) {
    format = new Intl.DateTimeFormat('en-u-ca-gregory-nu-latn', {
      timeZone: timezone,
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
    });
    days.set(timezone, format);
  }
  const parts = new Map(
    format.formatToParts(Date.parse(at)).map(({ type, value }) => [type, value]),
  );
  return `${parts.get('year')}-${parts.get('month')}-${parts.get('day')}`;
}

/** Making one takes longer than a whole scan; there are as many as time zones of events. */
const days = new Map<string, Intl.DateTimeFormat>();

function momentOf(session: DoorSession, { of, minutes }: SessionMoment): string {
  const { startsAt, endsAt, doorsAt } = session;
  const from = { doors: doorsAt ?? startsAt, start: startsAt, end: endsAt }[of];
  return new Date(Math.min(Date.parse(from) + minutes * 60_000, LAST)).toISOString();
}

/** The last instant of four digits: later ones do not compare as text. */
const LAST = Date.parse('9999-12-31T23:59:59.999Z');

function isAmong(ids: readonly string[] | null, id: string): boolean {
  return ids === null || ids.includes(id);
}

function closed(reason: 'wrong_session' | 'too_early' | 'too_late', why: string | null): Window {
  return { open: false, reason, why };
}
