import type { EventRecord } from '../events/index.ts';
import type { CodeProblem, TicketRecord } from '../tickets/index.ts';
import type { Scan } from './scan.ts';

type Reason = NonNullable<Scan['reason']>;

/** What the door says to a code, and why. */
export type Verdict =
  | { readonly admitted: true; readonly ticket: TicketRecord }
  | {
      readonly admitted: false;
      readonly reason: Reason;
      readonly why: string | null;
      readonly ticket: TicketRecord | null;
    };

/** What the code turned out to be, once its signature was checked. */
export type ReadCode =
  | { readonly genuine: true; readonly ticket: TicketRecord; readonly issue: number }
  | { readonly genuine: false; readonly reason: CodeProblem };

/** Decides a scan from the ticket as it stands under its lock. */
export function decideScan(event: EventRecord, code: ReadCode): Verdict {
  if (!code.genuine) return { admitted: false, reason: code.reason, why: null, ticket: null };
  const { ticket } = code;
  const refuse = (reason: Reason, why: string | null = null): Verdict => ({
    admitted: false,
    reason,
    why,
    ticket,
  });
  if (ticket.eventId !== event.id) return refuse('wrong_event');
  if (ticket.state === 'void') return refuse('revoked', ticket.voidReason);
  if (ticket.issue !== code.issue) return refuse('revoked', 'reissued');
  if (event.state === 'cancelled') return refuse('event_cancelled');
  if (ticket.checkedInAt !== null) return refuse('already_in');
  return { admitted: true, ticket };
}
