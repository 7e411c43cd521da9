import * as z from 'zod';
import { systemOnly, workflow } from '../../kernel/index.ts';
import { attemptEach, trySendBack } from '../effects.ts';
import { doneOfDue } from '../resource.ts';
import { leaseDuePayments } from './lease-due.ts';

export const sendRefunds = workflow({
  name: 'payments.sendRefunds',
  summary:
    'Sends refunds that are due to their providers, and asks about those on their way. Safe to run at any time, also twice at once.',
  input: z.strictObject({ limit: z.int().min(1).max(1000).default(100) }),
  output: doneOfDue,
  allow: systemOnly,
  run: async (context, { limit }) => {
    const { refunds } = await context.callAsSystem(leaseDuePayments, { limit, work: 'refunds' });
    return attemptEach(refunds, async (refund) => {
      const { problem } = await trySendBack(context, refund);
      return problem;
    });
  },
});
