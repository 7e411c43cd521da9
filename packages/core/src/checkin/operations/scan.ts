import { createHash } from 'node:crypto';
import * as z from 'zod';
import { EventId, type EventRecord, membersOfEvent } from '../../events/index.ts';
import { notFound, type WriteContext, write } from '../../kernel/index.ts';
import { withdrawForScan } from '../../resale/index.ts';
import { checkTicketCode, doorRulesOf } from '../../tickets/index.ts';
import { invalidateTransfersOf } from '../../transfers/index.ts';
import { decideScan, type ReadCode, type Verdict } from '../decide.ts';
import { scanIdReused } from '../refusals.ts';
import { Scan, type ScanRecord, scanResource } from '../scan.ts';

export const scanTicket = write({
  name: 'checkin.scan',
  summary:
    'Scans a code at the door: admits its holder once, or says why not. A repeat with the same scan id gets the same answer.',
  input: z.strictObject({
    eventId: EventId,
    code: z.string().min(1).max(2000),
    gate: z.string().trim().min(1).max(100).nullable().default(null),
    scanId: z.string().min(1).max(100).nullable().default(null).meta({
      description: 'The device’s own id of this scan, so that it may be sent again.',
    }),
  }),
  output: Scan,
  refusals: [scanIdReused],
  allow: membersOfEvent('scan'),
  lane: { key: ({ eventId }) => eventId, subject: ({ code }) => code.trim() },
  run: async (context, { eventId, code, gate, scanId }) => {
    const { tx, ids, now, emit } = context;
    const [event, before] = await Promise.all([
      tx.events.events.find(eventId),
      scanId === null ? undefined : tx.checkin.scans.findByScanId(eventId, scanId),
    ]);
    if (event === undefined) return notFound({ kind: 'event', id: eventId });
    const codeDigest = digestOf(code);
    if (before !== undefined) {
      return before.codeDigest === codeDigest
        ? scanResource(before)
        : scanIdReused({ scanId: before.scanId ?? '' });
    }
    const read = await readCode(context, event, code);
    const verdict = await afterResale(context, decideScan(event, read));
    const { ticket } = verdict;
    if (verdict.admitted) {
      const { ticket: was } = verdict;
      await invalidateTransfersOf(context, [was.id]);
      await tx.tickets.tickets.save({ ...was, checkedInAt: now, checkedInGate: gate }, was);
    }
    const already = !verdict.admitted && verdict.reason === 'already_in' ? ticket : null;
    const scan: ScanRecord = {
      id: ids.next('scn'),
      organizerId: event.organizerId,
      codeDigest,
      scanId,
      eventId,
      admitted: verdict.admitted,
      reason: verdict.admitted ? null : verdict.reason,
      why: verdict.admitted ? null : verdict.why,
      ticketId: ticket?.id ?? null,
      holderName: ticket?.holderName ?? null,
      ticketName: ticket?.name ?? null,
      gate,
      firstAdmittedAt: already?.checkedInAt ?? null,
      firstAdmittedGate: already?.checkedInGate ?? null,
      at: now,
    };
    await tx.checkin.scans.insert([scan]);
    const answered = scanResource(scan);
    emit({
      type: scan.admitted ? 'ticket.checked_in' : 'scan.refused',
      organizerId: event.organizerId,
      eventId,
      subject: ticket?.id ?? scan.id,
      data: answered,
    });
    return answered;
  },
});

/** Checks the code as it stands, then locks the ticket that it names. */
async function readCode(
  context: WriteContext,
  event: EventRecord,
  text: string,
): Promise<ReadCode> {
  const { tx, now } = context;
  const [keys, rules] = await Promise.all([
    tx.organizers.signingKeys.ofOrganizer(event.organizerId),
    doorRulesOf(context, event.id),
  ]);
  const code = checkTicketCode(text, { keys, rules, now });
  if (!code.genuine) return code;
  const [ticket] = await tx.tickets.tickets.findForUpdate([code.ticketId]);
  if (ticket === undefined) return { genuine: false, reason: 'unknown_code' };
  return { genuine: true, ticket, issue: code.issue };
}

/** Coming in takes the ticket off the resale market, unless a buyer is just paying for it. */
async function afterResale(context: WriteContext, verdict: Verdict): Promise<Verdict> {
  if (!verdict.admitted) return verdict;
  const { ticket } = verdict;
  if (await withdrawForScan(context, ticket.id)) return verdict;
  return { admitted: false, reason: 'resale_in_progress', why: null, ticket };
}

/** What ties a scan id to its code, without keeping the code. */
function digestOf(code: string): string {
  return createHash('sha256').update(code.trim()).digest('base64url');
}
