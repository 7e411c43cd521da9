import type { BatchContext, Command } from '../kernel/index.ts';
import { withdrawForScan } from '../resale/index.ts';
import { invalidateTransfersOf } from '../transfers/index.ts';
import { comingIn, type Scene, type Shown } from './decide-all.ts';

/**
 * Coming in ends the offer of a ticket to somebody, and takes it off the resale market, unless a
 * buyer is just paying for it: those are returned. What is told of it belongs to the scan that comes in first.
 */
export async function offTheMarket(
  context: BatchContext,
  scene: Scene,
  fresh: readonly (Shown & { readonly command: Command<unknown> })[],
): Promise<ReadonlySet<string>> {
  const tickets = comingIn(scene, fresh);
  const free = await context.tx.together(
    tickets.map(({ id }) => async (tx) => {
      const first = fresh.find(({ read }) => read.genuine && read.ticketId === id);
      if (first === undefined) throw new Error('A ticket comes in without a scan.');
      const { actor, emit, route } = first.command;
      const own = { ...context, tx, actor, emit, route };
      await invalidateTransfersOf(own, [id]);
      return withdrawForScan(own, id);
    }),
  );
  return new Set(tickets.flatMap(({ id }, index) => (free[index] ? [] : [id])));
}
