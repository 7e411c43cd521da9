import type { BatchContext, Command } from '../kernel/index.ts';
import { withdrawForScan } from '../resale/index.ts';
import { comingIn, type Scene, type Shown } from './decide-all.ts';

/**
 * Coming in takes a ticket off the resale market, unless a buyer is just paying for it: those are
 * returned. What is told of it belongs to the scan that comes in first.
 */
export async function offTheMarket(
  context: BatchContext,
  scene: Scene,
  fresh: readonly (Shown & { readonly command: Command<unknown> })[],
): Promise<ReadonlySet<string>> {
  const tickets = comingIn(scene, fresh);
  const free = await context.tx.together(
    tickets.map(({ id }) => (tx) => {
      const first = fresh.find(({ read }) => read.genuine && read.ticketId === id);
      if (first === undefined) throw new Error('A ticket comes in without a scan.');
      const { actor, emit, route } = first.command;
      return withdrawForScan({ ...context, tx, actor, emit, route }, id);
    }),
  );
  return new Set(tickets.flatMap(({ id }, index) => (free[index] ? [] : [id])));
}
