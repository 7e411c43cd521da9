import { isRefusal, type WriteContext } from '../kernel/index.ts';
import { holdResource } from './resource.ts';
import { releaseHold } from './transitions.ts';

const PAGE = 500;

/** Releases every hold of an event that is being cancelled. The caller holds its counters' locks. */
export async function releaseHoldsOfEvent(context: WriteContext, eventId: string): Promise<void> {
  const { tx, now, emit } = context;
  for (;;) {
    // Released holds leave the filter, so the first page is always the next one.
    const { items } = await tx.inventory.holds.list(
      { eventId, state: 'active' },
      { limit: PAGE, after: undefined },
    );
    if (items.length === 0) return;
    const holds = await tx.inventory.holds.findForUpdate(items.map(({ id }) => id));
    for (const was of holds) {
      const next = releaseHold(was);
      if (isRefusal(next)) continue;
      await tx.inventory.holds.save(next, was);
      emit({
        type: 'hold.released',
        organizerId: was.organizerId,
        eventId,
        subject: was.id,
        data: holdResource(next, now),
      });
    }
    await tx.inventory.release(
      eventId,
      holds.map(({ id }) => id),
      now,
    );
  }
}
