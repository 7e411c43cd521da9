import { standing } from '../inventory/index.ts';
import type { ReadContext, WriteContext } from '../kernel/index.ts';

/** Which of these listings a buyer has reserved at this moment. */
export async function reservedListings(
  context: Pick<ReadContext, 'tx' | 'now'>,
  eventId: string,
  listingIds: readonly string[],
): Promise<ReadonlySet<string>> {
  const stand = await standing(context, eventId, listingIds);
  return new Set(listingIds.filter((id) => stand.available(id) === 0));
}

/** The same for one listing under its counter's lock: nobody reserves it meanwhile. */
export async function lockReservation(
  context: Pick<WriteContext, 'tx' | 'now'>,
  eventId: string,
  listingId: string,
): Promise<boolean> {
  await context.tx.inventory.lockCounters(eventId, [listingId]);
  return (await reservedListings(context, eventId, [listingId])).has(listingId);
}
