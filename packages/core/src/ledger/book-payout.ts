import type { WriteContext } from '../kernel/index.ts';
import type { PayoutRecord } from './payout.ts';
import { post, type Side } from './post.ts';

/** A payout that was made: what it pays is not owed any more, but on its way. */
export async function bookPayout(context: WriteContext, payout: PayoutRecord): Promise<void> {
  await post(context, 'payout', payout, [owed(payout, 1), inTransit(payout, -1)]);
}

/** It arrived: the provider has that much less of the platform's money. */
export async function bookPayoutSettled(
  context: WriteContext,
  payout: PayoutRecord,
): Promise<void> {
  await post(context, 'payout_settled', payout, [
    inTransit(payout, 1),
    { account: 'provider_clearing', item: 'payout', amount: -payout.amount },
  ]);
}

/** It did not arrive, or was never sent: it is owed again. */
export async function bookPayoutReturned(
  context: WriteContext,
  payout: PayoutRecord,
): Promise<void> {
  await post(context, 'payout_returned', payout, [inTransit(payout, 1), owed(payout, -1)]);
}

function owed({ ticketId, amount }: PayoutRecord, sign: 1 | -1): Side {
  const side = { item: 'payout', amount: sign * amount } as const;
  return ticketId === null
    ? { ...side, account: 'organizer_payable' }
    : { ...side, account: 'seller_payable', party: ticketId };
}

function inTransit({ id, amount }: PayoutRecord, sign: 1 | -1): Side {
  return { account: 'payouts_in_transit', item: 'payout', amount: sign * amount, party: id };
}
