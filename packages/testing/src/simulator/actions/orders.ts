import type { OrderRecord } from '@ticketi/core';
import { BANK, METHODS } from '../bank.ts';
import { OWNER, TILL } from '../office.ts';
import {
  type Action,
  buyerOf,
  buyerOfOrder,
  holderOf,
  type Planned,
  some,
  type World,
} from '../world.ts';

function pending(world: World): OrderRecord | undefined {
  return some(
    world,
    'order',
    ({ state, expiresAt }) =>
      state === 'pending' && (expiresAt > world.clock.now() || world.chance.percent(10)),
  );
}

function payment(world: World, order: OrderRecord): Planned {
  const method = world.chance.percent(50) ? 'succeeds' : world.chance.pick(METHODS);
  const input = { orderId: order.id, method };
  return { operation: 'orders.pay', actor: buyerOfOrder(world, order), input };
}

const cancellation = (world: World, order: OrderRecord): Planned => ({
  operation: 'orders.cancel',
  actor: buyerOfOrder(world, order),
  input: { orderId: order.id },
});

export const orders: readonly Action[] = [
  {
    weight: 20,
    plan(world) {
      const { chance, cardCodes, clock } = world;
      const hold = some(
        world,
        'hold',
        ({ state, expiresAt }) =>
          state === 'active' && (expiresAt > clock.now() || chance.percent(10)),
      );
      if (hold === undefined) return undefined;
      const actor = holderOf(world, hold);
      const card = chance.percent(20) ? chance.pick([...cardCodes.values()]) : undefined;
      const provider = chance.percent(80) ? BANK : 'manual';
      return {
        operation: 'orders.place',
        actor,
        input: {
          holdId: hold.id,
          buyer: buyerOf(actor, chance),
          payment: { provider, giftCards: card === undefined ? [] : [card] },
        },
      };
    },
  },
  {
    weight: 20,
    plan(world) {
      const order = pending(world);
      return order && payment(world, order);
    },
  },
  {
    // Pressed twice, or given up in the same moment.
    weight: 2,
    plan(world) {
      const order = pending(world);
      if (order === undefined) return undefined;
      const other = world.chance.percent(50) ? payment : cancellation;
      return [payment(world, order), other(world, order)];
    },
  },
  {
    weight: 2,
    plan(world) {
      const order = pending(world);
      return order && cancellation(world, order);
    },
  },
  { weight: 3, plan: () => ({ operation: 'orders.expire', actor: { type: 'system' }, input: {} }) },
  {
    weight: 1,
    plan(world) {
      const order = some(world, 'order');
      return order && { operation: 'orders.get', actor: TILL, input: { orderId: order.id } };
    },
  },
];

/** What happens to a whole event, once in many runs. */
export const events: readonly Action[] = [
  {
    weight: 1,
    plan: ({ chance, office: { eventId } }) =>
      chance.percent(8)
        ? { operation: 'events.cancel', actor: OWNER, input: { eventId } }
        : undefined,
  },
];
