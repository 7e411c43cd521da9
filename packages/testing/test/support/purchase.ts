import { setTimeout } from 'node:timers/promises';
import { isTicketiError, type OperationName, type Ticketi } from '@ticketi/core';
import { aBoxOffice } from '../../src/index.ts';
import type { Dice } from './dice.ts';
import { field, times } from './race.ts';
import type { Acknowledgement } from './shops.ts';

/** One call of a purchase, by its buyer (`system`: whoever takes the cash) and under its key. */
export interface Step {
  readonly sign: Omit<Acknowledgement, 'id'>;
  readonly operation: OperationName;
  readonly by: 'buyer' | 'system';
  readonly input: object;
  readonly key: string;
}

/** Between a buyer's steps, so that a process lives for more than a moment of the rush. */
const PAUSE_MILLIS = 20;

/** Makes a step, and gives its answer. */
export type MakeStep = (step: Step) => Promise<unknown>;

/** What is sold, and where. */
export interface Assortment {
  readonly eventId: string;
  readonly typeIds: readonly string[];
}

const POOLS = 12;

/** An event with a dozen types, each with a pool of its own. */
export async function anAssortment(ticketi: Ticketi, capacity: number): Promise<Assortment> {
  const { event } = await aBoxOffice(ticketi);
  const eventId = event.id;
  const types = await Promise.all(
    times(POOLS, async (index) => {
      const pool = await ticketi.pools.create({ eventId, name: `Pool ${index}`, capacity });
      const draws = [{ poolId: pool.id }];
      const type = { eventId, name: `Type ${index}`, price: 1000 + index, draws };
      return ticketi.ticketTypes.create(type);
    }),
  );
  return { eventId, typeIds: types.map(({ id }) => id) };
}

/** One buyer holds, orders and pays, by card or in cash, each step under a key of its own. */
export async function purchase(
  { eventId, typeIds }: Assortment,
  user: string,
  chance: Dice,
  make: MakeStep,
): Promise<void> {
  const quantity = 1 + chance.below(3);
  const [ticketTypeId = ''] = chance.some(typeIds, 1);

  async function step(
    done: Acknowledgement['done'],
    operation: OperationName,
    input: object,
    by: Step['by'] = 'buyer',
  ): Promise<unknown> {
    await setTimeout(chance.below(PAUSE_MILLIS));
    const sign = { done, user, quantity, ticketTypeId };
    return make({ sign, operation, by, input, key: `${user} ${operation}` });
  }

  const items = [{ ticketTypeId, quantity }];
  const hold = await step('held', 'holds.create', { eventId, items });
  const provider = chance.below(2) === 0 ? 'sandbox' : 'manual';
  const order = await step('ordered', 'orders.place', {
    holdId: field(hold, 'id'),
    buyer: { name: user, email: `${user}@example.com` },
    payment: { provider },
  });
  const orderId = field(order, 'id');
  if (provider === 'sandbox') return void (await step('paid', 'orders.pay', { orderId }));
  const begun = await step('ordered', 'orders.pay', { orderId });
  const paymentId = field(field(begun, 'payment'), 'id');
  const cash = { paymentId, amount: field(order, 'total'), currency: field(order, 'currency') };
  await step('paid', 'payments.confirm', cash, 'system');
}

/** Makes the call of a step, or makes it again: who asks is who asked. */
export function callOf(ticketi: Ticketi, { operation, by, input, key, sign }: Step) {
  const own = by === 'system' ? ticketi : ticketi.as({ type: 'user', id: sign.user });
  return own.call(operation, input, { idempotencyKey: key });
}

/** Makes steps again that were interrupted; what of them is there then. */
export async function repeat(
  ticketi: Ticketi,
  steps: readonly Step[],
): Promise<readonly Acknowledgement[]> {
  const completed: Acknowledgement[] = [];
  for (const step of steps) {
    try {
      const made = await callOf(ticketi, step);
      completed.push({ ...step.sign, id: String(field(made, 'id')) });
    } catch (error) {
      if (!isTicketiError(error, 'sold_out')) throw error;
    }
  }
  return completed;
}
