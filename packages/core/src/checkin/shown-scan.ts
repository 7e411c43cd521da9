import type { WriteContext } from '../kernel/index.ts';
import type { SignedCheck, TicketRecord } from '../tickets/index.ts';
import type { NamedEntry } from './device-log.ts';
import type { LogEntryInput } from './merged.ts';
import { whoIs } from './new-scan.ts';
import { digestOf } from './read-codes.ts';
import type { ScanRecord } from './scan.ts';
import { whenShown } from './when-shown.ts';

/** Whose log it is. */
export type LogOwner = Pick<ScanRecord, 'organizerId' | 'eventId' | 'listId' | 'deviceId'>;

/** A scan as the device showed it. What names no ticket of the event comes to its end here. */
export function shownScan(
  { ids, now }: Pick<WriteContext, 'ids' | 'now'>,
  owner: LogOwner,
  { scanId, entry }: NamedEntry,
  read: SignedCheck,
  tickets: ReadonlyMap<string, TicketRecord>,
): ScanRecord {
  const { code, direction, gate, at, admitted, reason, why } = entry;
  const ticket = read.genuine ? tickets.get(read.ticketId) : undefined;
  const instant = whenShown(at, { ticket, receivedAt: now });
  const problem = admitted ? problemOf(owner.eventId, direction, instant, read, ticket) : null;
  return {
    id: ids.next('scn'),
    ...owner,
    scanId,
    codeDigest: digestOf(code),
    direction,
    admitted,
    reason,
    why,
    ...whoIs(ticket),
    gate,
    lastAdmittedAt: null,
    lastAdmittedGate: null,
    at,
    receivedAt: now,
    counts: admitted && problem === null,
    finding: problem?.finding ?? null,
    findingWhy: problem?.why ?? null,
    undoneAt: null,
    undoneBy: null,
    undoReason: null,
    revision: 1,
  };
}

/** What is wrong with a code for ever; codes are not kept, so it is found here or never. */
function problemOf(
  eventId: string,
  direction: LogEntryInput['direction'],
  instant: string,
  read: SignedCheck,
  ticket: TicketRecord | undefined,
) {
  if (!read.genuine) return { finding: read.reason, why: null };
  if (ticket === undefined) return { finding: 'unknown_code' as const, why: null };
  if (ticket.eventId !== eventId) return { finding: 'wrong_event' as const, why: null };
  if (read.keyRevokedAt !== null && read.keyRevokedAt <= instant) {
    return { finding: 'key_revoked' as const, why: null };
  }
  if (direction === 'entry' && ticket.issue !== read.issue) {
    return { finding: 'revoked' as const, why: 'reissued' };
  }
  return null;
}
