import * as z from 'zod';
import { isRefusal, pageInput, pageOf, pageRequest, read } from '../../kernel/index.ts';
import { members, namedOrganizer, OrganizerId } from '../../organizers/index.ts';
import { Payout, payoutResource } from '../payout.ts';

export const listPayouts = read({
  name: 'payouts.list',
  summary: 'The payouts of an organizer and of its sellers, newest first.',
  input: z.strictObject({
    organizerId: OrganizerId,
    state: z.enum(['pending', 'paid', 'failed', 'cancelled']).optional(),
    ...pageInput,
  }),
  output: pageOf(Payout, 'PayoutPage'),
  allow: members('see_money', namedOrganizer),
  run: async ({ tx }, { organizerId, state, ...input }) => {
    const page = pageRequest(input);
    if (isRefusal(page)) return page;
    const { items, nextCursor } = await tx.ledger.payouts.list({ organizerId, state }, page);
    return { items: items.map(payoutResource), nextCursor };
  },
});
