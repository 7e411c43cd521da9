import * as z from 'zod';
import { EventId } from '../../events/index.ts';
import { read } from '../../kernel/index.ts';
import { OrganizerId } from '../../organizers/index.ts';
import { bookkeepers } from '../access.ts';

export const verifyLedger = read({
  name: 'ledger.verify',
  summary:
    'Recomputes the books from the orders, refunds and gift cards: every posting balances, every sale is booked once, with its amount.',
  input: z.strictObject({ organizerId: OrganizerId, eventId: EventId.optional() }),
  output: z
    .object({
      balanced: z.boolean(),
      findings: z.array(
        z.object({
          finding: z.enum([
            'unbalanced_posting',
            'sale_without_posting',
            'posting_differs_from_sale',
          ]),
          id: z.string(),
          expected: z.int(),
          actual: z.int(),
        }),
      ),
    })
    .meta({ id: 'LedgerVerification' }),
  allow: bookkeepers,
  run: async ({ tx }, filter) => {
    const findings = await tx.ledger.verify(filter);
    return { balanced: findings.length === 0, findings: [...findings] };
  },
});
