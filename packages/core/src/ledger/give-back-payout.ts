import { isRefusal, notFound, type WriteContext } from '../kernel/index.ts';
import { announcePayout } from './announce-payout.ts';
import { bookPayoutReturned } from './book-payout.ts';
import { payoutResource } from './payout.ts';
import { returnPayout } from './payout-transitions.ts';

/** Ends a payout that did not arrive, or was never sent: its money is owed again. */
export async function giveBackPayout(
  context: WriteContext,
  payoutId: string,
  end: { state: 'failed' | 'cancelled'; reason: string | null },
) {
  const { tx, now } = context;
  const [was] = await tx.ledger.payouts.findForUpdate([payoutId]);
  if (was === undefined) return notFound({ kind: 'payout', id: payoutId });
  const ended = returnPayout(was, { ...end, now });
  if (isRefusal(ended)) return ended;
  await tx.ledger.payouts.save(ended, was);
  await bookPayoutReturned(context, ended);
  announcePayout(context, ended);
  return payoutResource(ended);
}
