import type { EventRecord } from '../events/index.ts';
import type { ReadContext, WriteContext } from '../kernel/index.ts';
import type { WaitlistEntryRecord } from './entry.ts';
import { noWaitlist, type WaitlistTerms } from './policy.ts';
import { entryResource, type HeldOffer, offerResource } from './resource.ts';

/**
 * Says on the event which types are waited for now: the gate that `holds.create` finds.
 * It closes in the transaction of the first entry and opens in that of the last. The
 * caller has locked the event, and written what became of entries.
 */
export async function followWaited(
  { tx }: Pick<WriteContext, 'tx'>,
  event: EventRecord,
): Promise<void> {
  const waiting = await tx.waitlist.waiting(event.id);
  const types = [...new Set(waiting.map(({ ticketTypeId }) => ticketTypeId))].sort();
  const isSame =
    types.length === event.waited.length && types.every((id) => event.waited.includes(id));
  if (!isSame) await tx.events.events.setWaited(event.id, types);
}

/** The rules of an event's waitlist; those of one that nobody opened, where none are set. */
export async function termsOf(
  { tx }: Pick<ReadContext, 'tx'>,
  eventId: string,
): Promise<WaitlistTerms> {
  return (await tx.waitlist.policies.find(eventId))?.terms ?? noWaitlist;
}

/** Tells what became of an offer, with the entry that it was made to. */
export function tellOffer(
  { emit, now }: Pick<WriteContext, 'emit' | 'now'>,
  type: 'waitlist.offered' | 'waitlist.claimed' | 'waitlist.accepted' | 'waitlist.passed_on',
  held: HeldOffer,
  entry: WaitlistEntryRecord,
): void {
  const { organizerId, eventId, id } = held.offer;
  const data = { ...offerResource(held, now), entry: entryResource(entry, now) };
  emit({ type, organizerId, eventId, subject: id, data });
}

/** Tells what became of an entry. */
export function tellEntry(
  { emit, now }: Pick<WriteContext, 'emit' | 'now'>,
  type: 'waitlist.joined' | 'waitlist.left' | 'waitlist.prioritized',
  entry: WaitlistEntryRecord,
): void {
  const { organizerId, eventId, id } = entry;
  emit({ type, organizerId, eventId, subject: id, data: entryResource(entry, now) });
}
