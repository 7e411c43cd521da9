// Forked by shops.ts: a server on which buyers hold, order and pay until it is stopped or killed.
// What it acknowledges to its parent it has been answered; as a control, what it has only asked.
import { flushCompileCache } from 'node:module';
import { setTimeout } from 'node:timers/promises';
import { isTicketiError, type Ticketi } from '@ticketi/core';
import { ticketiOn } from './databases.ts';
import { type Dice, dice } from './dice.ts';
import { storageOf } from './participant.ts';
import type { Acknowledgement, Answer, Shop } from './shops.ts';

const BUYERS = 4;
/** Between a buyer's steps, so that a process lives for more than a moment of the rush. */
const PAUSE_MILLIS = 20;

let stopped = false;

process.once('message', (shop: Shop) => void open(shop));
process.once('disconnect', () => process.exit());

async function open(shop: Shop): Promise<void> {
  const storage = storageOf({ dialect: shop.dialect, at: shop.at, unguarded: false });
  const clock = { now: () => new Date().toISOString() };
  const ticketi = await ticketiOn(storage, clock, { migrate: false });
  await ticketi.events.get({ eventId: shop.eventId });
  process.once('message', (word) => {
    if (word === 'stop') return void ticketi.close().then(() => process.disconnect());
    process.once('message', () => {
      stopped = true;
    });
    const buyers = Array.from({ length: BUYERS }, (_, at) =>
      buy(ticketi, shop, `${shop.name}-${at}`, dice(shop.seed + at)),
    );
    void Promise.all(buyers)
      .then(() => ticketi.close())
      .then(() => process.disconnect());
  });
  flushCompileCache();
  tell('ready');
}

/** One purchase after another, each by a user of its own. */
async function buy(ticketi: Ticketi, shop: Shop, name: string, chance: Dice): Promise<void> {
  for (let turn = 0; !stopped; turn += 1) {
    try {
      await purchase(ticketi, shop, `${name}-${turn}`, chance);
    } catch (error) {
      if (!isTicketiError(error, 'sold_out')) tell({ strange: String(error) });
      else tell('refused');
    }
  }
}

async function purchase(ticketi: Ticketi, shop: Shop, user: string, chance: Dice): Promise<void> {
  const own = ticketi.as({ type: 'user', id: user });
  const quantity = 1 + chance.below(3);
  const [ticketTypeId = ''] = chance.some(shop.typeIds, 1);

  async function step<T extends { id: string }>(
    done: Acknowledgement['done'],
    work: () => Promise<T>,
  ): Promise<T> {
    await setTimeout(chance.below(PAUSE_MILLIS));
    const sign = { done, user, quantity, ticketTypeId };
    if (shop.acknowledges === 'asked') tell({ ...sign, id: undefined });
    const made = await work();
    if (shop.acknowledges === 'answered') tell({ ...sign, id: made.id });
    return made;
  }

  const { id: holdId } = await step('held', () =>
    own.holds.create({ eventId: shop.eventId, items: [{ ticketTypeId, quantity }] }),
  );
  const provider = chance.below(2) === 0 ? 'sandbox' : 'manual';
  const {
    id: orderId,
    total,
    currency,
  } = await step('ordered', () =>
    own.orders.place({
      holdId,
      buyer: { name: user, email: `${user}@example.com` },
      payment: { provider },
    }),
  );
  await step('paid', async () => {
    const { payment, ...order } = await own.orders.pay({ orderId });
    if (provider === 'sandbox' || payment === null) return order;
    return ticketi.payments.confirm({ paymentId: payment.id, amount: total, currency });
  });
}

function tell(answer: Answer): void {
  process.send?.(answer);
}
