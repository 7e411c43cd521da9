import { sending } from './actions/doors.ts';
import type { Planned, World } from './world.ts';

const SYSTEM = { type: 'system' } as const;

/**
 * What happens in the end, in this order, when everything works again: the
 * counter says again what cash it got, the provider makes up its mind and says
 * once more how every charge stands, and what is due is done.
 */
export function* healing(world: World): Generator<Planned> {
  const { bank, chance, clock, journal } = world;
  bank.heal();
  // A door that has a connection again tells all that it decided.
  for (const device of world.devices) yield sending(world, device, true);
  yield { operation: 'tickets.numberRevocations', actor: SYSTEM, input: {} };
  for (let round = 0; round < 3; round += 1) {
    for (const [paymentId, { received: amount, currency }] of bank.cash) {
      if (journal.books.payment.get(paymentId)?.state === 'succeeded') continue;
      const input = { paymentId, amount, currency };
      yield { operation: 'payments.confirm', actor: SYSTEM, input };
    }
    for (const charge of bank.charges.values()) {
      if (charge.state === 'pending') bank.settle(charge, chance.percent(50));
      const input = { paymentId: charge.reference, result: bank.word(charge) };
      yield { operation: 'payments.record', actor: SYSTEM, input };
    }
    yield { operation: 'refundRuns.work', actor: SYSTEM, input: { limit: 1000 } };
    yield { operation: 'resale.settle', actor: SYSTEM, input: { limit: 100 } };
    yield { operation: 'payments.sendRefunds', actor: SYSTEM, input: {} };
    yield { operation: 'payments.reconcile', actor: SYSTEM, input: { olderThanMinutes: 0 } };
    // Longer than a refund that failed so often waits at most.
    clock.advance({ hours: 25 });
    yield { operation: 'resale.expire', actor: SYSTEM, input: { limit: 1000 } };
    yield { operation: 'orders.expire', actor: SYSTEM, input: { limit: 1000 } };
    yield { operation: 'holds.sweep', actor: SYSTEM, input: { limit: 10_000 } };
  }
}
