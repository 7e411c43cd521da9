import { OWNER } from '../office.ts';
import { type Action, some } from '../world.ts';

const SYSTEM = { type: 'system' } as const;

export const payouts: readonly Action[] = [
  {
    weight: 2,
    plan({ chance, office: { organizerId } }) {
      const amount = chance.percent(60) ? chance.between(1, 20) * 500 : undefined;
      return {
        operation: 'payouts.create',
        actor: OWNER,
        input: { organizerId, currency: 'EUR', ...(amount === undefined ? {} : { amount }) },
      };
    },
  },
  {
    weight: 1,
    plan(world) {
      const listing = some(world, 'listing', ({ state }) => state === 'sold');
      if (listing === undefined) return undefined;
      const { organizerId, ticketId } = listing;
      return { operation: 'payouts.create', actor: OWNER, input: { organizerId, ticketId } };
    },
  },
  {
    weight: 1,
    plan(world) {
      const payout = some(world, 'payout', ({ state }) => state === 'pending');
      if (payout === undefined) return undefined;
      const payoutId = payout.id;
      if (world.chance.percent(70)) {
        return { operation: 'payouts.settle', actor: SYSTEM, input: { payoutId } };
      }
      const input = { payoutId, reason: 'Account closed' };
      return { operation: 'payouts.fail', actor: SYSTEM, input };
    },
  },
];
