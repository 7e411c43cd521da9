import { isRefusal, type WriteContext } from '../kernel/index.ts';
import { withoutTrace } from '../pricing/index.ts';
import { holdResource } from './resource.ts';
import { releaseHold } from './transitions.ts';

const PAGE = 500;

/**
 * Marks the active holds of an event that is being cancelled as released, and
 * returns them. Their claims are released afterwards, under the counters' locks,
 * which everybody takes last.
 */
export async function closeHoldsOfEvent(context: WriteContext, eventId: string): Promise<string[]> {
  const { tx, now, emit } = context;
  const closed: string[] = [];
  for (;;) {
    // Closed holds leave the filter, so the first page is always the next one.
    const { items } = await tx.inventory.holds.list(
      { eventId, state: 'active' },
      { limit: PAGE, after: undefined },
    );
    if (items.length === 0) return closed;
    for (const was of await tx.inventory.holds.findForUpdate(items.map(({ id }) => id))) {
      const next = releaseHold(was);
      if (isRefusal(next)) continue;
      await tx.inventory.holds.save(next, was);
      closed.push(was.id);
      emit({
        type: 'hold.released',
        organizerId: was.organizerId,
        eventId,
        subject: was.id,
        data: withoutTrace(holdResource(next, now)),
      });
    }
  }
}
