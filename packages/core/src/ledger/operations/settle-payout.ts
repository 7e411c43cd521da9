import * as z from 'zod';
import { isRefusal, notFound, systemOnly, write } from '../../kernel/index.ts';
import { announcePayout } from '../announce-payout.ts';
import { bookPayoutSettled } from '../book-payout.ts';
import { Payout, PayoutId, payoutResource } from '../payout.ts';
import { settlePayout as settle } from '../payout-transitions.ts';
import { payoutNotPending } from '../refusals.ts';

export const settlePayout = write({
  name: 'payouts.settle',
  summary: 'Takes in that a payout arrived. For whoever sends the money.',
  input: z.strictObject({
    payoutId: PayoutId,
    reference: z
      .string()
      .trim()
      .min(1)
      .max(200)
      .optional()
      .meta({ description: 'Of the transfer; else it keeps the one it was made with.' }),
  }),
  output: Payout,
  refusals: [payoutNotPending],
  allow: systemOnly,
  run: async (context, { payoutId, reference }) => {
    const { tx, now } = context;
    const [was] = await tx.ledger.payouts.findForUpdate([payoutId]);
    if (was === undefined) return notFound({ kind: 'payout', id: payoutId });
    const paid = settle(was, { reference, now });
    if (isRefusal(paid)) return paid;
    await tx.ledger.payouts.save(paid, was);
    await bookPayoutSettled(context, paid);
    announcePayout(context, paid);
    return payoutResource(paid);
  },
});
