import * as z from 'zod';
import { EventId } from '../../events/index.ts';
import {
  Currency,
  invalidCursor,
  isRefusal,
  pageInput,
  pageRequest,
  read,
} from '../../kernel/index.ts';
import { OrganizerId } from '../../organizers/index.ts';
import { bookkeepers } from '../access.ts';
import { Account } from '../accounts.ts';
import { currencyOf } from '../balance-currency.ts';
import { periodInput } from '../period.ts';
import { currencyNeeded } from '../refusals.ts';
import { positionOf, Statement, statementPage } from '../statement.ts';

export const getStatement = read({
  name: 'ledger.statement',
  summary:
    'What changed an account, line by line: the balance before, each entry with the balance after it, oldest first.',
  input: z.strictObject({
    organizerId: OrganizerId,
    eventId: EventId.optional(),
    account: Account.default('organizer_payable'),
    party: z.string().max(100).optional(),
    currency: Currency.optional().meta({
      description: 'Needed where the account has entries in several.',
    }),
    ...periodInput,
    ...pageInput,
  }),
  output: Statement,
  refusals: [currencyNeeded],
  allow: bookkeepers,
  run: async (context, { limit, cursor, ...asked }) => {
    const page = pageRequest({ limit, cursor }, 2);
    if (isRefusal(page)) return page;
    const after = page.after && (await positionOf(context, page.after));
    if (cursor !== undefined && after === undefined) return invalidCursor({ cursor });
    const { organizerId, eventId, account, party, from, until } = asked;
    const currency = await currencyOf(context, {
      organizerId,
      eventId,
      account,
      party,
      currency: asked.currency,
    });
    if (isRefusal(currency)) return currency;
    const filter = { ...asked, currency: currency ?? undefined };
    return {
      organizerId,
      eventId: eventId ?? null,
      account,
      party: party ?? null,
      currency,
      from: from ?? null,
      until: until ?? null,
      ...(await statementPage(context, filter, { after, limit })),
    };
  },
});
