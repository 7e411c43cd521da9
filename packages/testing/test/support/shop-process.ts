// Forked by shops.ts: a server on which buyers hold, order and pay until it is stopped or killed.
// What it acknowledges to its parent it has been answered; as a control, what it has only asked.
import { flushCompileCache } from 'node:module';
import { isTicketiError, type Ticketi } from '@ticketi/core';
import { ticketiOn } from './databases.ts';
import { type Dice, dice } from './dice.ts';
import { storageOf } from './participant.ts';
import { callOf, purchase, type Step } from './purchase.ts';
import { field } from './race.ts';
import type { Answer, Shop } from './shops.ts';

const BUYERS = 4;

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
      await purchase(shop, `${name}-${turn}`, chance, (step) => make(ticketi, shop, step));
    } catch (error) {
      if (!isTicketiError(error, 'sold_out')) tell({ strange: String(error) });
      else tell('refused');
    }
  }
}

/** Tells what it is about to ask, asks, and tells what it was answered. */
async function make(ticketi: Ticketi, shop: Shop, step: Step): Promise<unknown> {
  const { sign } = step;
  tell({ asks: step });
  if (shop.acknowledges === 'asked') tell({ ...sign, id: undefined });
  try {
    const made = await callOf(ticketi, step);
    if (shop.acknowledges === 'answered') tell({ ...sign, id: String(field(made, 'id')) });
    return made;
  } finally {
    tell({ answered: step.key });
  }
}

function tell(answer: Answer): void {
  process.send?.(answer);
}
