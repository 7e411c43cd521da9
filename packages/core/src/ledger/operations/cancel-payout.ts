import * as z from 'zod';
import { systemOnly, write } from '../../kernel/index.ts';
import { giveBackPayout } from '../give-back-payout.ts';
import { Payout, PayoutId } from '../payout.ts';
import { payoutNotPending } from '../refusals.ts';

export const cancelPayout = write({
  name: 'payouts.cancel',
  summary:
    'Takes a payout back that was not sent yet: its money is owed again. For whoever sends the money, who alone knows.',
  input: z.strictObject({
    payoutId: PayoutId,
    reason: z.string().trim().min(1).max(200).optional(),
  }),
  output: Payout,
  refusals: [payoutNotPending],
  allow: systemOnly,
  run: (context, { payoutId, reason }) =>
    giveBackPayout(context, payoutId, { state: 'cancelled', reason: reason ?? null }),
});
