import { type Instant, plusMinutes, type Refusal } from '../kernel/index.ts';
import { reasonMissing, reissueLimited, ticketCheckedIn, ticketVoid } from './refusals.ts';
import type { CustodyRecord, TicketRecord } from './ticket.ts';

const MINUTES_OF_DAY = 24 * 60;

/** What a new code is decided on; whoever writes it has the ticket's lock. */
export interface ReissueFacts {
  readonly ticket: TicketRecord;
  /** The chain of custody of its place. */
  readonly chain: readonly CustodyRecord[];
  /** New codes that a place is given in 24 hours when its holder asks. */
  readonly max: number;
  /** Whether a member asks, for whom neither that nor a visit counts. */
  readonly isMember: boolean;
}

/** Why a ticket gets no new code; undefined: it may. */
export function obstacleToReissue(
  { ticket, chain, max, isMember }: ReissueFacts,
  reason: string | null,
  now: Instant,
): Refusal<'ticket_void' | 'ticket_checked_in' | 'reissue_limited' | 'reason_missing'> | undefined {
  const { id: ticketId, checkedInAt } = ticket;
  if (ticket.state === 'void') return ticketVoid({ ticketId, why: ticket.voidReason });
  if (isMember) return reason === null ? reasonMissing({ ticketId }) : undefined;
  if (checkedInAt !== null) return ticketCheckedIn({ ticketId, checkedInAt });
  const since = plusMinutes(now, -MINUTES_OF_DAY);
  const recent = chain.filter(({ kind, at }) => kind === 'reissued' && at > since);
  if (recent.length < max) return undefined;
  // The one that has to be a day old before there is room for another.
  const first = recent.at(recent.length - max);
  const retryAt = max === 0 || first === undefined ? null : plusMinutes(first.at, MINUTES_OF_DAY);
  return reissueLimited({ ticketId, max, retryAt });
}
