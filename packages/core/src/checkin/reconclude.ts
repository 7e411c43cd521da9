import type { EventRecord, SessionRecord } from '../events/index.ts';
import type { WriteContext } from '../kernel/index.ts';
import { withdrawForVisits } from '../resale/index.ts';
import type { TicketRecord } from '../tickets/index.ts';
import { invalidateTransfersOf } from '../transfers/index.ts';
import type { CheckinListRecord } from './checkin-list.ts';
import { type Conclusion, concludePlace } from './conclude.ts';
import { doorOf } from './door.ts';
import { Presences } from './presences.ts';
import type { ScanRecord } from './scan.ts';
import { instantOf } from './when-shown.ts';

export interface Ground {
  readonly event: EventRecord;
  readonly sessions: readonly SessionRecord[];
  readonly lists: readonly CheckinListRecord[];
  /** All tickets that the scans name, and the valid ones of their places, which are locked. */
  readonly tickets: ReadonlyMap<string, TicketRecord>;
}

/**
 * Concludes some places anew from all their scans, of which some are new, and writes where that
 * leaves them: presences, and when their tickets came in. What the scans themselves came to is
 * returned, for the caller to write.
 */
export async function reconclude(
  context: WriteContext,
  { event, sessions, lists, tickets }: Ground,
  places: ReadonlyMap<string, readonly ScanRecord[]>,
): Promise<Map<string, Conclusion>> {
  const { tx } = context;
  const byId = new Map(lists.map((list) => [list.id, list]));
  const doors = (listId: string | null) =>
    doorOf(event, sessions, listId === null ? undefined : byId.get(listId));
  const concluded = new Map(
    [...places].map(([admissionId, scans]) => [admissionId, concludePlace(doors, tickets, scans)]),
  );

  const presences = new Presences();
  const listIds = new Set([...concluded.values()].flatMap((one) => [...one.presences.keys()]));
  for (const listId of listIds) {
    await presences.read(tx.checkin, event.id, listId ?? event.id, [...places.keys()]);
  }
  const firsts: { next: TicketRecord; was: TicketRecord }[] = [];
  for (const [admissionId, { presences: own, first }] of concluded) {
    const some = [...tickets.values()].find((ticket) => ticket.admissionId === admissionId);
    if (some === undefined) continue;
    for (const [listId, next] of own) presences.set(some, listId ?? event.id, next);
    const was = [...tickets.values()].find(
      (ticket) => ticket.admissionId === admissionId && ticket.state === 'valid',
    );
    if (was === undefined) continue;
    const checkedInAt = first === undefined ? null : instantOf(first, tickets);
    const checkedInGate = first?.gate ?? null;
    if (was.checkedInAt !== checkedInAt || was.checkedInGate !== checkedInGate) {
      firsts.push({ was, next: { ...was, checkedInAt, checkedInGate } });
    }
  }
  // Who is in has used the ticket, whoever is just buying it.
  const used = firsts
    .filter(({ was, next }) => was.checkedInAt === null && next.checkedInAt !== null)
    .map(({ was }) => was.id)
    .sort();
  if (used.length > 0) {
    await invalidateTransfersOf(context, used);
    await withdrawForVisits(context, used);
  }
  await tx.together(
    firsts.map(
      ({ next, was }) =>
        (own) =>
          own.tickets.tickets.save(next, was),
    ),
  );
  await presences.write(tx.checkin);
  return concluded;
}

/** Whether a scan came to something else than before. */
export function differs(next: ScanRecord, was: ScanRecord): boolean {
  return (
    next.counts !== was.counts ||
    next.finding !== was.finding ||
    next.findingWhy !== was.findingWhy ||
    next.undoneAt !== was.undoneAt
  );
}
