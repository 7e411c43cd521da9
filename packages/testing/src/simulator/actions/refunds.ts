import type { OrderRecord } from '@ticketi/core';
import { OWNER, TILL } from '../office.ts';
import { type Action, buyerOfOrder, type Planned, some, type World } from '../world.ts';

const SYSTEM = { type: 'system' } as const;

function paid(world: World): OrderRecord | undefined {
  return some(world, 'order', ({ state, total }) => state === 'paid' && total > 0);
}

/** All that is left, one ticket of it, or an amount that no ticket goes back for. */
function refund(world: World, order: OrderRecord): Planned {
  const { chance, journal } = world;
  const own = [...journal.books.ticket.values()].filter(
    ({ orderId, state }) => orderId === order.id && state === 'valid',
  );
  const ticket = chance.percent(50) ? chance.pick(own) : undefined;
  const what =
    ticket !== undefined
      ? { ticketIds: [ticket.id] }
      : chance.percent(30)
        ? { amount: chance.between(1, order.total) }
        : {};
  const to = chance.percent(20) ? 'credit' : 'original';
  const actor = chance.percent(20) ? buyerOfOrder(world, order) : OWNER;
  return {
    operation: 'refunds.create',
    actor,
    input: { orderId: order.id, ...what, to, ignorePolicy: actor === OWNER },
  };
}

export const refunds: readonly Action[] = [
  {
    weight: 5,
    plan(world) {
      const order = paid(world);
      return order && refund(world, order);
    },
  },
  {
    // Two at the desk at once, or the desk and the door.
    weight: 1,
    plan(world) {
      const order = paid(world);
      return order && [refund(world, order), refund(world, order)];
    },
  },
  {
    weight: 1,
    plan(world) {
      const order = paid(world);
      const input = order && { orderId: order.id };
      return input && { operation: 'quotes.refund', actor: TILL, input };
    },
  },
  {
    weight: 2,
    plan: ({ chance }) => ({
      operation: 'refundRuns.work',
      actor: SYSTEM,
      input: { limit: chance.between(1, 20) },
    }),
  },
  { weight: 2, plan: () => ({ operation: 'payments.sendRefunds', actor: SYSTEM, input: {} }) },
];
