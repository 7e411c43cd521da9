import { isRefusal, type ReadContext, type WriteContext } from '../kernel/index.ts';
import { transferResource } from './resource.ts';
import {
  type AcceptedTransfer,
  type ClosedTransfer,
  type TransferRecord,
  ticketIdsOf,
} from './transfer.ts';
import { closeTransfer, expireTransfer, openTransfer } from './transitions.ts';

/** Those of these tickets that are in an offer which can still be accepted. */
export async function offeredTickets(
  { tx, now }: Pick<ReadContext, 'tx' | 'now'>,
  ticketIds: readonly string[],
): Promise<ReadonlySet<string>> {
  const offered = await tx.transfers.offeredTickets.among(ticketIds);
  if (offered.length === 0) return new Set();
  const ids = [...new Set(offered.map(({ transferId }) => transferId))];
  const open = (await tx.transfers.transfers.findMany(ids)).filter(
    (transfer) => !isRefusal(openTransfer(transfer, now)),
  );
  const openIds = new Set(open.map(({ id }) => id));
  return new Set(offered.flatMap(({ id, transferId }) => (openIds.has(transferId) ? [id] : [])));
}

/**
 * Ends the offers of tickets that are void, used or given a new code from now on. The
 * caller holds the tickets' locks, so none of them is offered meanwhile.
 */
export async function invalidateTransfersOf(
  context: WriteContext,
  ticketIds: readonly string[],
): Promise<void> {
  await invalidate(context, await lockTransfersOf(context, ticketIds));
}

/**
 * The open offers that tickets are in, locked; also those that nobody has written down
 * as expired. The caller holds the tickets' locks.
 */
export async function lockTransfersOf(
  { tx }: Pick<WriteContext, 'tx'>,
  ticketIds: readonly string[],
): Promise<TransferRecord[]> {
  const offered = await tx.transfers.offeredTickets.among(ticketIds);
  if (offered.length === 0) return [];
  const ids = [...new Set(offered.map(({ transferId }) => transferId))].sort();
  return (await tx.transfers.transfers.findForUpdate(ids)).filter(({ state }) => state === 'open');
}

/** Ends the open offers of an event that is being cancelled. */
export async function invalidateTransfersOfEvent(
  context: WriteContext,
  eventId: string,
): Promise<void> {
  const { transfers } = context.tx.transfers;
  const open = await transfers.openOfEvent(eventId);
  if (open.length === 0) return;
  await invalidate(context, await transfers.findForUpdate(open.map(({ id }) => id)));
}

/** What is over by now has expired, and is not invalidated any more. */
async function invalidate(
  context: WriteContext,
  transfers: readonly TransferRecord[],
): Promise<void> {
  for (const was of transfers) {
    const next = expireTransfer(was, context.now) ?? closeTransfer(was, 'invalidated', context.now);
    if (!isRefusal(next)) await saveClosed(context, next, was);
  }
}

/** Writes how an offer ended, lets its tickets go and announces it. */
export async function saveClosed(
  { tx, now, emit }: WriteContext,
  next: ClosedTransfer | AcceptedTransfer,
  was: TransferRecord,
): Promise<void> {
  await tx.transfers.transfers.save(next, was);
  await tx.transfers.offeredTickets.remove(ticketIdsOf(was));
  emit({
    type: `transfer.${next.state}`,
    organizerId: next.organizerId,
    eventId: next.eventId,
    subject: next.id,
    data: transferResource(next, now),
  });
}
