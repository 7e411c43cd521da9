import type { EventRecord } from '../events/index.ts';
import { notFound, type Refusal, type WriteContext } from '../kernel/index.ts';
import type { WaitlistEntryRecord } from './entry.ts';
import { heldOffers } from './held.ts';
import type { HeldOffer } from './resource.ts';

/**
 * An entry and the offer that it has, under the lock of their event, and the offer's hold under
 * its own. The event comes before all else: whoever makes offers locks it too, so this finds the
 * offer or none is made.
 */
export async function lockEntry(
  context: WriteContext,
  entryId: string,
): Promise<
  | {
      readonly event: EventRecord;
      readonly entry: WaitlistEntryRecord;
      readonly held: HeldOffer | undefined;
    }
  | Refusal<'not_found'>
> {
  const { tx } = context;
  const missing = notFound({ kind: 'entry', id: entryId });
  const seen = await tx.waitlist.entries.find(entryId);
  if (seen === undefined) return missing;
  const [event] = await tx.events.events.findForUpdate([seen.eventId]);
  const entry = await tx.waitlist.entries.find(entryId);
  if (event === undefined || entry === undefined) return missing;
  const held = (await heldOffers(context, [entry])).get(entryId);
  if (held === undefined) return { event, entry, held };
  const [hold] = await tx.inventory.holds.findForUpdate([held.offer.holdId]);
  if (hold === undefined) throw new Error(`Offer ${held.offer.id} has no hold.`);
  return { event, entry, held: { offer: held.offer, hold } };
}
