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
      return 'this is no ticket of this organizer.';
    case 'bad_signature':
      return 'the signature is wrong: the code is forged or damaged.';
    case 'wrong_event':
      return 'the ticket is for another event.';
    case 'resale_in_progress':
      return 'a buyer is just paying for this ticket.';
    case 'event_cancelled':
      return 'the event is cancelled.';
    default:
      return reason ?? 'no reason was given.';
  }
}
