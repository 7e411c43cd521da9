import * as z from 'zod';
import { EventId } from '../../events/index.ts';
import { Currency, read } from '../../kernel/index.ts';
import { OrganizerId } from '../../organizers/index.ts';
import { bookkeepers } from '../access.ts';

export const getBalances = read({
  name: 'ledger.balances',
  summary: 'What each account of an organizer or event holds: debits positive, credits negative.',
  input: z.strictObject({ organizerId: OrganizerId, eventId: EventId.optional() }),
  output: z
    .object({
      balances: z.array(
        z.object({
          account: z.enum([
            'provider_clearing',
            'organizer_payable',
            'platform_fees',
            'seller_payable',
            'buyer_credit',
            'gift_cards',
            'tax_payable',
            'payouts_in_transit',
          ]),
          currency: Currency,
          amount: z.int().meta({ description: 'Minor units; debit positive, credit negative.' }),
        }),
      ),
    })
    .meta({ id: 'Balances' }),
  allow: bookkeepers,
  run: async ({ tx }, filter) => ({
    balances: (await tx.ledger.balances(filter)).map(({ account, currency, amount }) => ({
      account,
      currency,
      amount,
    })),
  }),
});
