import type {
  WaitlistEntryRecord,
  WaitlistOfferRecord,
  WaitlistWishRecord,
  WriteTx,
} from '@ticketi/core';
import { aHold, newId, now, type Owner } from './records.ts';

export function anEntry(
  owner: Owner,
  change: Partial<
    Pick<WaitlistEntryRecord, 'buyerKey' | 'minQuantity' | 'place' | 'priority'>
  > = {},
): WaitlistEntryRecord {
  const id = newId('wle');
  return {
    ...owner,
    id,
    userId: null,
    name: 'Anna',
    email: 'anna@example.com',
    buyerKey: id,
    ticketTypeIds: [newId('typ')],
    quantity: 2,
    minQuantity: 1,
    priority: 0,
    place: `1000 ${now} ${id}`,
    misses: 0,
    state: 'waiting',
    endedFor: null,
    joinedAt: now,
    revision: 1,
    ...change,
  };
}

export function aWish(entry: WaitlistEntryRecord): WaitlistWishRecord {
  const { id: entryId, organizerId, eventId, quantity, minQuantity } = entry;
  return { entryId, organizerId, eventId, ticketTypeId: newId('typ'), quantity, minQuantity };
}

/** An open offer, with the hold that keeps it. */
export async function anOffer(
  tx: WriteTx,
  { id: entryId, organizerId, eventId, quantity }: WaitlistEntryRecord,
): Promise<WaitlistOfferRecord> {
  const owner = { organizerId, eventId };
  const hold = aHold(owner);
  await tx.inventory.holds.insert([hold]);
  return {
    ...owner,
    id: newId('wlo'),
    entryId,
    holdId: hold.id,
    ticketTypeId: newId('typ'),
    quantity,
    state: 'open',
    claimedAt: null,
    createdAt: now,
    revision: 1,
  };
}
