import * as z from 'zod';
import { actorName, idOf, notFound, write } from '../../kernel/index.ts';
import { membersOfScan } from '../access.ts';
import { lockPlaces, withEarlier } from '../lock-places.ts';
import { differs, reconclude } from '../reconclude.ts';
import { scanNotUndoable } from '../refusals.ts';
import { Scan, type ScanRecord, scanResource } from '../scan.ts';

export const undoScan = write({
  name: 'checkin.undo',
  summary:
    'Takes back a scan that let somebody in or out by mistake: the place stands as it would without it. Undone twice, it stays as it is.',
  input: z.strictObject({
    scanId: idOf('scn').meta({ description: 'The id of the scan, not the device’s own.' }),
    reason: z.string().trim().min(1).max(500),
  }),
  output: Scan,
  refusals: [scanNotUndoable],
  allow: membersOfScan('sell'),
  run: async (context, { scanId, reason }) => {
    const { tx, now, actor, emit } = context;
    const found = await tx.checkin.scans.find(scanId);
    const missing = notFound({ kind: 'scan', id: scanId });
    if (found === undefined) return missing;
    const { organizerId, eventId, admissionId, ticketId } = found;
    if (!found.admitted || admissionId === null || ticketId === null) {
      return scanNotUndoable({ scanId, reason: found.reason ?? 'unknown_code' });
    }
    const [event, lists, sessions] = await Promise.all([
      tx.events.events.find(eventId),
      tx.checkin.lists.ofEvent(eventId),
      tx.events.sessions.ofEvents([eventId]),
    ]);
    if (event === undefined) return missing;
    const locked = await lockPlaces(context, eventId, [ticketId]);
    const scans = await tx.checkin.scans.admittedOf(eventId, [admissionId]);
    const was = scans.find(({ id }) => id === scanId) ?? found;
    if (was.undoneAt !== null) return scanResource(was);

    const undone = { ...was, undoneAt: now, undoneBy: actorName(actor), undoReason: reason };
    const named = scans.flatMap((scan) => scan.ticketId ?? []);
    const tickets = await withEarlier(context, locked, named);
    const after = scans.map((scan) => (scan.id === scanId ? undone : scan));
    const ground = { event, sessions, lists, tickets };
    const concluded = await reconclude(context, ground, new Map([[admissionId, after]]));
    const before = new Map(scans.map((scan) => [scan.id, scan]));
    let answer: ScanRecord = undone;
    for (const next of concluded.get(admissionId)?.scans ?? []) {
      const last = before.get(next.id);
      if (next.id === scanId) answer = next;
      if (last !== undefined && differs(next, last)) await tx.checkin.scans.save(next, last);
    }
    const answered = scanResource(answer);
    emit({ type: 'checkin.undone', organizerId, eventId, subject: ticketId, data: answered });
    return answered;
  },
});
