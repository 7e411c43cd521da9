import { harmless } from './columns.ts';
import type { Paint } from './paint.ts';

/** The parts of a scan that its sentence needs. */
interface ScanAnswer {
  readonly reason: string | null;
  readonly why: string | null;
  readonly lastAdmittedAt: string | null;
  readonly lastAdmittedGate: string | null;
}

/** Why the door says no, for the person who stands there. */
export function inWords({ reason, why, lastAdmittedAt, lastAdmittedGate }: ScanAnswer): string {
  switch (reason) {
    case 'already_in': {
      const at = lastAdmittedAt === null ? '' : ` at ${lastAdmittedAt.slice(11, 16)} UTC`;
      const gate = lastAdmittedGate === null ? '' : `, gate ${lastAdmittedGate}`;
      return `this ticket came in already${at}${gate}.`;
    }
    case 'revoked':
      return why === null
        ? 'the code is no longer valid.'
        : `the code was replaced: ticket ${why}.`;
    case 'unknown_code':
      return why === 'not_in_bundle'
        ? 'this device does not know the ticket: sold since, or for another event.'
        : 'this is no ticket of this organizer.';
    case 'key_revoked':
      return 'the organizer gave up the key of this code: its holder has another one.';
    case 'rotating_code_required':
      return 'the codes of this event change: the holder should open the ticket, not a picture.';
    case 'code_expired':
      return 'the code is of some time ago: a picture, or a wrong clock.';
    case 'bad_signature':
      return 'the signature is wrong: the code is forged or damaged.';
    case 'wrong_event':
      return 'the ticket is for another event.';
    case 'resale_in_progress':
      return 'a buyer is just paying for this ticket.';
    case 'event_cancelled':
      return 'the event is cancelled.';
    case 'wrong_list':
      return 'tickets of this type are not on the list.';
    case 'wrong_gate':
      return why === null ? 'not at this gate.' : `not at this gate, but at ${why}.`;
    case 'wrong_session':
      return 'the ticket is for another session.';
    case 'too_early':
      return why === null ? 'too early.' : `too early: it opens at ${why.slice(0, 16)} UTC.`;
    case 'too_late':
      return why === null ? 'too late.' : `too late: it closed at ${why.slice(0, 16)} UTC.`;
    case 'entries_used':
      return 'all its entries are used.';
    case 'no_reentry':
      return 'who has left does not come back in.';
    case 'not_inside':
      return 'nobody came in with this ticket.';
    default:
      return reason ?? 'no reason was given.';
  }
}

/** A scan as one line for whoever stands at the door; `quiet`: its reason alone. */
export function scanLine(
  paint: Paint,
  scan: Readonly<Record<string, unknown>>,
  quiet: boolean,
): string {
  const who = [scan.holderName, scan.ticketName]
    .filter((part) => typeof part === 'string')
    .map(harmless)
    .join(', ');
  if (scan.admitted === true) {
    const word = paint.green.bold(scan.direction === 'exit' ? 'OUT' : 'ADMITTED');
    return quiet ? 'ADMITTED\n' : `${word}  ${who}\n`;
  }
  if (quiet) return `REFUSED ${String(scan.reason)}\n`;
  const why = inWords({
    reason: textOrNull(scan.reason),
    why: textOrNull(scan.why),
    lastAdmittedAt: textOrNull(scan.lastAdmittedAt),
    lastAdmittedGate: textOrNull(scan.lastAdmittedGate),
  });
  return `${paint.red.bold('REFUSED')}   ${who === '' ? '' : `${who}: `}${harmless(why)}\n`;
}

function textOrNull(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}
