import type { WriteContext } from '../kernel/index.ts';
import { tellEntry } from './follow.ts';
import { endEntry } from './transitions.ts';

const PAGE = 500;

/**
 * Ends the waitlist of an event that is being cancelled. The holds of its offers are
 * closed with all others. The caller has locked the event.
 */
export async function endWaitlistOfEvent(context: WriteContext, eventId: string): Promise<void> {
  const { tx } = context;
  for (const state of ['offered', 'waiting'] as const) {
    for (;;) {
      // Ended entries leave the filter, so the first page is always the next one.
      const page = { limit: PAGE, after: undefined };
      const { items } = await tx.waitlist.entries.list({ eventId, state }, page);
      if (items.length === 0) break;
      const entryIds = items.map(({ id }) => id);
      const offers = await tx.waitlist.offers.openOf(entryIds);
      const holds = await tx.inventory.holds.findMany(offers.map(({ holdId }) => holdId));
      const ordered = new Set(holds.flatMap((hold) => (hold.state === 'ordered' ? [hold.id] : [])));
      const accepted = new Set(
        offers.flatMap(({ entryId, holdId }) => (ordered.has(holdId) ? [entryId] : [])),
      );
      for (const entry of await tx.waitlist.entries.findForUpdate(entryIds)) {
        if (accepted.has(entry.id)) {
          await tx.waitlist.entries.save({ ...entry, state: 'accepted', endedFor: null }, entry);
          continue;
        }
        const next = endEntry(entry, 'cancelled');
        await tx.waitlist.entries.save(next, entry);
        tellEntry(context, 'waitlist.left', next);
      }
      for (const offer of offers) {
        const state = ordered.has(offer.holdId) ? 'accepted' : 'withdrawn';
        await tx.waitlist.offers.save({ ...offer, state }, offer);
      }
      await tx.waitlist.wishes.remove(entryIds);
    }
  }
  await tx.events.events.setWaited(eventId, []);
}
