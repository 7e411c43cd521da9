import * as z from 'zod';
import { notFound, read } from '../../kernel/index.ts';
import { bookkeepersOfPayout } from '../access.ts';
import { Payout, PayoutId, payoutResource } from '../payout.ts';

export const getPayout = read({
  name: 'payouts.get',
  summary: 'One payout.',
  input: z.strictObject({ payoutId: PayoutId }),
  output: Payout,
  allow: bookkeepersOfPayout,
  run: async ({ tx }, { payoutId }) => {
    const payout = await tx.ledger.payouts.find(payoutId);
    if (payout === undefined) return notFound({ kind: 'payout', id: payoutId });
    return payoutResource(payout);
  },
});
