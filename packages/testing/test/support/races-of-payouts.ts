import type { Actor } from '@ticketi/core';
import { aBoxOffice, aPaidOrder } from '../../src/index.ts';
import { call } from './crowd.ts';
import { type Race, strange, times, wins } from './race.ts';

const system: Actor = { type: 'system' };

export const onePayout: Race = {
  name: 'thirty payouts of half of what is owed: two are made',
  expected: 2,
  async run({ ticketi, clock, crowd }) {
    const office = await aBoxOffice(ticketi);
    await aPaidOrder(ticketi, office, { quantity: 2 });
    const input = { organizerId: office.organizer.id, amount: 4900 };
    const outcomes = await crowd.race(
      times(30, () => call('payouts.create', system, input)),
      clock.now(),
    );
    const lost = strange(outcomes, 'nothing_to_pay_out', 'payout_above_balance');
    return { count: wins(outcomes).length, strange: lost };
  },
};

export const onePayoutEnd: Race = {
  name: 'a payout that arrives and is cancelled, ten times each: one of it is so',
  expected: 1,
  async run({ ticketi, clock, crowd }) {
    const office = await aBoxOffice(ticketi);
    await aPaidOrder(ticketi, office);
    const { id: payoutId } = await ticketi.payouts.create({ organizerId: office.organizer.id });
    const outcomes = await crowd.race(
      times(20, (index) =>
        call(index % 2 === 0 ? 'payouts.settle' : 'payouts.cancel', system, { payoutId }),
      ),
      clock.now(),
    );
    return { count: wins(outcomes).length, strange: strange(outcomes, 'payout_not_pending') };
  },
};
