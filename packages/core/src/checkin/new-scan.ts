import type { BatchContext, DomainEvent } from '../kernel/index.ts';
import type { TicketRecord } from '../tickets/index.ts';
import type { Decision } from './decide-all.ts';
import { type Scan, type ScanReason, type ScanRecord, scanResource } from './scan.ts';

/** Refusals that say when the place came in last. */
const TELLING: ReadonlySet<ScanReason | null> = new Set([
  'already_in',
  'entries_used',
  'no_reentry',
]);

/** The record of a scan that the server decided. */
export function newScan(
  { ids, now }: BatchContext,
  { id: eventId, organizerId }: { readonly id: string; readonly organizerId: string },
  decision: Decision & { readonly digest: string; readonly scanId: string | null },
): ScanRecord {
  const { shown, ticket, admitted, reason, why, before, digest, scanId } = decision;
  const last = TELLING.has(reason) ? before : undefined;
  return {
    id: ids.next('scn'),
    scanId,
    deviceId: null,
    organizerId,
    eventId,
    listId: shown.list?.id ?? null,
    codeDigest: digest,
    direction: shown.direction,
    admitted,
    reason,
    why,
    ...whoIs(ticket),
    gate: shown.gate,
    lastAdmittedAt: last?.lastAt ?? null,
    lastAdmittedGate: last?.lastGate ?? null,
    at: now,
    receivedAt: null,
    counts: admitted,
    finding: null,
    findingWhy: null,
    undoneAt: null,
    undoneBy: null,
    undoReason: null,
    revision: 1,
  };
}

/** What the door shows of a ticket. */
export function whoIs(ticket: TicketRecord | undefined) {
  return {
    ticketId: ticket?.id ?? null,
    admissionId: ticket?.admissionId ?? null,
    ticketTypeId: ticket?.ticketTypeId ?? null,
    holderName: ticket?.holderName ?? null,
    attendeeName: ticket?.attendee?.name ?? null,
    ticketName: ticket?.name ?? null,
    seat: ticket?.seat?.label ?? null,
  };
}

/** Tells of a scan, and answers it. */
export function announceScan(
  { emit }: { readonly emit: (event: DomainEvent) => void },
  scan: ScanRecord,
): Scan {
  const { id, organizerId, eventId, ticketId, admitted, direction } = scan;
  const answered = scanResource(scan);
  const passed = direction === 'entry' ? 'ticket.checked_in' : 'ticket.checked_out';
  emit({
    type: admitted ? passed : 'scan.refused',
    organizerId,
    eventId,
    subject: ticketId ?? id,
    data: answered,
  });
  return answered;
}
