import type { PaymentResult } from '@ticketi/core';
import type { Charge } from '../bank.ts';
import { TILL } from '../office.ts';
import { type Action, some, type World } from '../world.ts';

const SYSTEM = { type: 'system' } as const;

/**
 * A word of the provider on one of its charges: what is so, or what was so
 * before, or what is not so (yet). That the money came it says only when it did;
 * with what amount, it may say differently later.
 */
function wordOf({ chance, bank, journal }: World, charge: Charge): PaymentResult {
  const { providerRef, received, paidIn } = charge;
  if (charge.state === 'pending' && charge.method !== 'never' && chance.percent(60)) {
    bank.settle(charge, chance.percent(80));
  }
  if (chance.percent(70)) return bank.word(charge);
  const isKnown = journal.books.payment.get(charge.reference)?.state === 'succeeded';
  if (isKnown && chance.percent(40)) {
    return { state: 'succeeded', providerRef, amount: received + 100, currency: paidIn };
  }
  return chance.percent(50)
    ? { state: 'pending', providerRef }
    : { state: 'declined', providerRef, reason: 'card_declined' };
}

export const payments: readonly Action[] = [
  {
    weight: 8,
    plan(world) {
      const charge = world.chance.pick([...world.bank.charges.values()]);
      if (charge === undefined) return undefined;
      const input = { paymentId: charge.reference, result: wordOf(world, charge) };
      return { operation: 'payments.record', actor: SYSTEM, input };
    },
  },
  {
    // The same word on two servers at once.
    weight: 1,
    plan(world) {
      const charge = world.chance.pick([...world.bank.charges.values()]);
      if (charge === undefined) return undefined;
      const input = { paymentId: charge.reference, result: world.bank.word(charge) };
      const word = { operation: 'payments.record', actor: SYSTEM, input } as const;
      return [word, word];
    },
  },
  {
    weight: 4,
    plan(world) {
      const payment = some(world, 'payment', ({ provider }) => provider !== 'manual');
      const input = payment && { paymentId: payment.id };
      return input && { operation: 'payments.check', actor: TILL, input };
    },
  },
  {
    weight: 6,
    plan(world) {
      const { chance, bank } = world;
      const payment = some(
        world,
        'payment',
        ({ provider, state }) =>
          provider === 'manual' && (state !== 'succeeded' || chance.percent(10)),
      );
      if (payment === undefined) return undefined;
      const given = bank.cash.get(payment.id);
      const amount = given?.received ?? payment.amount + (chance.percent(10) ? -100 : 0);
      const received = { received: Math.max(0, amount), currency: payment.currency };
      bank.cash.set(payment.id, received);
      return {
        operation: 'payments.confirm',
        actor: TILL,
        input: { paymentId: payment.id, amount: received.received, currency: payment.currency },
      };
    },
  },
  {
    weight: 3,
    plan: ({ chance }) => ({
      operation: 'payments.reconcile',
      actor: SYSTEM,
      input: { olderThanMinutes: chance.pick([0, 5]) },
    }),
  },
];
