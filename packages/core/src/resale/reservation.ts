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

/** The same under the counters' locks: nobody reserves any of them meanwhile. */
export async function lockReservations(
  context: Pick<WriteContext, 'tx' | 'now'>,
  eventId: string,
  listingIds: readonly string[],
): Promise<ReadonlySet<string>> {
  if (listingIds.length === 0) return new Set();
  await context.tx.inventory.lockCounters(eventId, [...listingIds].sort());
  return reservedListings(context, eventId, listingIds);
}
