import * as z from 'zod';
import { systemOnly, write } from '../../kernel/index.ts';
import { giveBackPayout } from '../give-back-payout.ts';
import { Payout, PayoutId } from '../payout.ts';
import { payoutNotPending } from '../refusals.ts';

export const failPayout = write({
  name: 'payouts.fail',
  summary: 'Takes in that a payout did not arrive: its money is owed again.',
  input: z.strictObject({ payoutId: PayoutId, reason: z.string().trim().min(1).max(200) }),
  output: Payout,
  refusals: [payoutNotPending],
  allow: systemOnly,
  run: (context, { payoutId, reason }) =>
    giveBackPayout(context, payoutId, { state: 'failed', reason }),
});
