import * as z from 'zod';
import { EventId, membersOfEvent } from '../../events/index.ts';
import {
  type BatchContext,
  batchedWrite,
  type Command,
  isRefusal,
  notFound,
  type Refusal,
} from '../../kernel/index.ts';
import { namedTicket, type TicketRecord } from '../../tickets/index.ts';
import { CheckinListId } from '../checkin-list.ts';
import { decideAll, type Scene, type Shown } from '../decide-all.ts';
import { listFor, listsToEnterBy, sessionsFor } from '../door.ts';
import { offTheMarket } from '../market.ts';
import { announceScan, newScan } from '../new-scan.ts';
import { Presences } from '../presences.ts';
import { digestOf, readCodes } from '../read-codes.ts';
import { checkinListArchived, checkinListNotNamed, scanIdReused } from '../refusals.ts';
import { Direction, Scan, type ScanRecord, scanResource } from '../scan.ts';

const ScanInput = z.strictObject({
  eventId: EventId,
  listId: CheckinListId.nullable().default(null).meta({
    description: 'The check-in list; only where the event has several it has to be named.',
  }),
  code: z.string().min(1).max(2000),
  direction: Direction.default('entry'),
  gate: z.string().trim().min(1).max(100).nullable().default(null),
  scanId: z.string().min(1).max(100).nullable().default(null).meta({
    description: 'The device’s own id of this scan, so that it may be sent again.',
  }),
});
type ScanInput = z.output<typeof ScanInput>;

export const scanTicket = batchedWrite({
  name: 'checkin.scan',
  summary:
    'Scans a code at the door: lets its holder in (or out) by the rules of the list, or says why not. A repeat with the same scan id gets the same answer.',
  input: ScanInput,
  output: Scan,
  refusals: [scanIdReused, checkinListNotNamed, checkinListArchived],
  allow: membersOfEvent('scan'),
  lane: { key: ({ eventId }) => eventId },
  runMany: async (context, commands) => {
    const { tx, now } = context;
    const eventId = commands[0]?.input.eventId ?? '';
    const [event, lists] = await Promise.all([
      tx.events.events.find(eventId),
      listsToEnterBy(context, eventId),
    ]);
    if (event === undefined) return commands.map(() => notFound({ kind: 'event', id: eventId }));

    const texts = commands.map(({ input }) => input.code);
    const scanIds = commands.flatMap(({ input }) => input.scanId ?? []);
    const ticketIds = [...new Set(texts.flatMap((text) => namedTicket(text) ?? []))];
    // Signatures are checked on other threads while the database is asked; until then the code
    // says which row to lock, which harms nobody.
    const [codes, before, tickets] = await Promise.all([
      readCodes(
        context,
        event,
        texts.map((code) => ({ code, at: now })),
      ),
      tx.checkin.scans.findByScanIds(eventId, scanIds),
      tx.tickets.tickets.findForUpdate(ticketIds),
    ]);
    const sessions = await sessionsFor(context, eventId, lists);

    const results = new Map<Command<ScanInput>, Scan | Refused>();
    const known = new Map(before.map((scan) => [scan.scanId, scan.codeDigest]));
    const fresh: (Shown & { readonly command: Command<ScanInput>; readonly digest: string })[] = [];
    commands.forEach((command, index) => {
      const { scanId, listId, direction, gate, code } = command.input;
      const digest = digestOf(code);
      const earlier = scanId === null ? undefined : known.get(scanId);
      if (scanId !== null && earlier !== undefined) {
        if (earlier !== digest) results.set(command, scanIdReused({ scanId }));
        return;
      }
      const choice = listFor(lists, listId);
      if (choice === 'not_found') {
        results.set(command, notFound({ kind: 'check-in list', id: listId ?? '' }));
      } else if (isRefusal(choice)) results.set(command, choice);
      else {
        if (scanId !== null) known.set(scanId, digest);
        const read = codes[index] ?? { genuine: false, reason: 'unknown_code' };
        fresh.push({ command, digest, list: choice.list, read, direction, gate });
      }
    });

    const byId = new Map(tickets.map((ticket) => [ticket.id, ticket]));
    const presences = new Presences();
    for (const [list, shown] of Map.groupBy(fresh, (one) => one.list)) {
      const places = shown.flatMap(({ read }) =>
        read.genuine ? (byId.get(read.ticketId)?.admissionId ?? []) : [],
      );
      await presences.read(tx.checkin, eventId, list?.id ?? eventId, places);
    }
    const scene = { event, sessions, tickets: byId, presences, now };
    const reserved = await offTheMarket(context, scene, fresh);
    const made = new Map<string | null, ScanRecord>(before.map((scan) => [scan.scanId, scan]));
    const decisions = decideAll(scene, fresh, reserved);
    const scans = fresh.flatMap(({ command, digest }, index) => {
      const decision = decisions[index];
      if (decision === undefined) return [];
      const scan = newScan(context, event, { ...decision, digest, scanId: command.input.scanId });
      results.set(command, announceScan(command, scan));
      if (scan.scanId !== null) made.set(scan.scanId, scan);
      return scan;
    });
    await writeScans(context, scans, scene);
    return commands.map((command) => {
      const result = results.get(command);
      if (result !== undefined) return result;
      const repeated = made.get(command.input.scanId);
      if (repeated === undefined) throw new Error('A scan got no answer.');
      return scanResource(repeated);
    });
  },
});

type Refused = Refusal<
  'not_found' | 'scan_id_reused' | 'checkin_list_not_named' | 'checkin_list_archived'
>;

/** Writes what a batch came to: its scans, where places stand, tickets that came in at first. */
async function writeScans(
  { tx, now }: BatchContext,
  scans: readonly ScanRecord[],
  { presences, tickets }: Scene,
): Promise<void> {
  if (scans.length === 0) return;
  const firsts = new Map<string, { next: TicketRecord; was: TicketRecord }>();
  for (const { admitted, direction, ticketId, gate } of scans) {
    const was = ticketId === null ? undefined : tickets.get(ticketId);
    if (!admitted || direction === 'exit' || was === undefined) continue;
    if (was.checkedInAt !== null || firsts.has(was.id)) continue;
    firsts.set(was.id, { was, next: { ...was, checkedInAt: now, checkedInGate: gate } });
  }
  await tx.together(
    [...firsts.values()].map(
      ({ next, was }) =>
        (own) =>
          own.tickets.tickets.save(next, was),
    ),
  );
  await Promise.all([presences.write(tx.checkin), tx.checkin.scans.insert(scans)]);
}
