import type { WriteContext } from '../kernel/index.ts';
import { tellEntry, tellOffer } from './follow.ts';
import { acceptEntry, endEntry } from './transitions.ts';

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
      const ordered = new Map(
        holds.flatMap((hold) => (hold.state === 'ordered' ? [[hold.id, hold] as const] : [])),
      );
      // An order that came of an offer is told of as ever: what becomes of it is its own affair.
      const accepted = new Map(
        offers.flatMap((was) => {
          const hold = ordered.get(was.holdId);
          const offer = { ...was, state: 'accepted' as const };
          return hold === undefined ? [] : [[was.entryId, { offer, hold }] as const];
        }),
      );
      const entries = await tx.waitlist.entries.findForUpdate(entryIds);
      const ended = entries.map((was) => {
        const next = accepted.has(was.id) ? acceptEntry(was) : endEntry(was, 'cancelled');
        return { was, next };
      });
      // Together they are one statement for each table, however many wait.
      await tx.together([
        ...ended.map(
          ({ was, next }) =>
            (own: WriteContext['tx']) =>
              own.waitlist.entries.save(next, was),
        ),
        ...offers.map((was) => {
          const state: 'accepted' | 'withdrawn' = ordered.has(was.holdId)
            ? 'accepted'
            : 'withdrawn';
          return (own: WriteContext['tx']) => own.waitlist.offers.save({ ...was, state }, was);
        }),
      ]);
      for (const { next } of ended) {
        const held = accepted.get(next.id);
        if (held === undefined) tellEntry(context, 'waitlist.left', next);
        else tellOffer(context, 'waitlist.accepted', held, next);
      }
      await tx.waitlist.wishes.remove(entryIds);
    }
  }
  await tx.events.events.setWaited(eventId, []);
}
