import * as z from 'zod';
import { EventId } from '../../events/index.ts';
import { read } from '../../kernel/index.ts';
import { OrganizerId } from '../../organizers/index.ts';
import { bookkeepers } from '../access.ts';
import { verifyBooks } from '../verify/books.ts';
import { LedgerFinding } from '../verify/finding.ts';

export const verifyLedger = read({
  name: 'ledger.verify',
  summary:
    'Recomputes the books from orders, payments, refunds, gift cards, resales and payouts, and says where they differ. At most 1,000 findings.',
  input: z.strictObject({ organizerId: OrganizerId, eventId: EventId.optional() }),
  output: z
    .object({ balanced: z.boolean(), findings: z.array(LedgerFinding) })
    .meta({ id: 'LedgerVerification' }),
  allow: bookkeepers,
  run: async ({ tx }, scope) => {
    const findings = await verifyBooks(tx, scope);
    return { balanced: findings.length === 0, findings };
  },
});
