import { sumOf } from '../kernel/index.ts';
import type { OrderRecord } from '../orders/index.ts';
import { refundKeepingPrices } from '../pricing/index.ts';
import type { TicketRecord } from '../tickets/index.ts';
import { unitsBefore } from './choice.ts';
import { isGivenBack } from './decide.ts';
import type { OrderRefundRecord } from './order-refund.ts';

/** What an order stands at when one of its tickets was sold on. */
export interface SoldOn {
  readonly order: Pick<OrderRecord, 'quote' | 'total' | 'givenBack'>;
  readonly before: readonly OrderRefundRecord[];
  /** All of the order, void ones too: those that were sold on need nothing of it any more. */
  readonly tickets: readonly TicketRecord[];
}

/**
 * What of an order may go back for tickets that were sold on, in minor units: what is
 * left, less what the units that its buyer still has would come to. So an amount that
 * went back as goodwill is not missing when they give those back.
 */
export function roomOfSeller({ order, before, tickets }: SoldOn): number {
  const { quote, total, givenBack } = order;
  const gone = unitsBefore(before.filter(isGivenBack));
  const returned = quote.lines.map(({ quantity }, at) => quantity - (gone[at] ?? 0));
  const { amount: worth } = refundKeepingPrices({
    quote,
    returned,
    before: gone,
    feesKept: false,
  });
  const sold = tickets.filter(({ voidReason }) => voidReason === 'resold');
  const kept = Math.max(0, worth - sumOf(sold, ({ price, fee }) => price + fee));
  return total - givenBack - kept;
}
