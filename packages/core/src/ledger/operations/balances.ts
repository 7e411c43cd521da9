import * as z from 'zod';
import { EventId } from '../../events/index.ts';
import { Currency, InstantInput, read } from '../../kernel/index.ts';
import { OrganizerId } from '../../organizers/index.ts';
import { bookkeepers } from '../access.ts';
import { Account } from '../accounts.ts';

export const getBalances = read({
  name: 'ledger.balances',
  summary:
    'What each account of an organizer, event or party holds, now or at any instant: debits positive, credits negative.',
  input: z.strictObject({
    organizerId: OrganizerId,
    eventId: EventId.optional(),
    account: Account.optional(),
    party: z
      .string()
      .max(100)
      .optional()
      .meta({ description: 'A ticket that was sold on, a gift card, a tax rate or a payout.' }),
    at: InstantInput.optional().meta({
      description: 'What was booked before this instant counts; left out: all of it.',
    }),
  }),
  output: z
    .object({
      balances: z.array(
        z.object({
          account: Account,
          currency: Currency,
          amount: z.int().meta({ description: 'Minor units; debit positive, credit negative.' }),
        }),
      ),
    })
    .meta({ id: 'Balances' }),
  allow: bookkeepers,
  run: async ({ tx }, { at, ...filter }) => ({
    balances: (await tx.ledger.balances({ ...filter, until: at })).map(
      ({ account, currency, amount }) => ({ account, currency, amount }),
    ),
  }),
});
