import type { WriteContext } from '../kernel/index.ts';

type Context = Pick<WriteContext, 'tx' | 'ids'>;

/**
 * Says, in the transaction of the change, that an event sells something else now:
 * whoever kept its types, codes, fees, discounts or taxes reads them again. The
 * caller holds the event's lock.
 */
export async function catalogueChanged({ tx, ids }: Context, eventId: string): Promise<void> {
  await tx.events.events.setCatalogueVersion(eventId, ids.next('cat'));
}

/** The same for all events of an organizer, whose lock the caller holds. */
export async function cataloguesChanged({ tx, ids }: Context, organizerId: string): Promise<void> {
  await tx.events.events.setCatalogueVersions(organizerId, ids.next('cat'));
}
