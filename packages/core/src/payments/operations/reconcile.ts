import * as z from 'zod';
import {
  type Instant,
  plusMinutes,
  systemOnly,
  type WorkflowContext,
  workflow,
} from '../../kernel/index.ts';
import { Discrepancy } from '../discrepancy.ts';
import { type Attempts, attemptEach, problemOf, sendBack } from '../effects.ts';
import type { PaymentProvider, PaymentResult } from '../provider.ts';
import { comparePayment } from './compare.ts';
import { LEASE_MINUTES } from './lease-due.ts';
import { listSettled } from './list-settled.ts';
import { sendRefunds } from './send-refunds.ts';
import { settleDuePayments } from './settle-due.ts';

const PAGE = 100;

export const reconcilePayments = workflow({
  name: 'payments.reconcile',
  summary:
    'Does what is due at the providers, then compares their records with ours, both ways. Safe to run at any time, also twice at once.',
  input: z.strictObject({
    olderThanMinutes: z.int().min(0).max(100_000).default(5),
    sinceHours: z
      .int()
      .min(0)
      .max(10_000)
      .default(24)
      .meta({ description: 'How far back records are compared; 0 compares none.' }),
    limit: z
      .int()
      .min(1)
      .max(1000)
      .default(100)
      .meta({ description: 'How many pieces at a time.' }),
  }),
  output: z
    .object({
      done: z.int().meta({ description: 'What was due or missing and is done now.' }),
      checked: z.int().meta({ description: 'Open payments that were asked about.' }),
      refunded: z.int().meta({ description: 'Refunds that were sent or asked about.' }),
      failed: z
        .int()
        .meta({ description: 'Providers that did not answer; tried again next time.' }),
      problem: z.string().optional().meta({ description: 'What the first that failed says.' }),
      compared: z.int().meta({ description: 'Payments that were compared.' }),
      settled: z.int().meta({ description: 'Payments of which nothing had arrived.' }),
      found: z
        .array(Discrepancy)
        .meta({ description: 'New discrepancies, for people to look at.' }),
    })
    .meta({ id: 'Reconciliation' }),
  allow: systemOnly,
  run: async (context, { olderThanMinutes, sinceHours, limit }) => {
    const checks = await untilDone(context, () =>
      context.callAsSystem(settleDuePayments, { olderThanMinutes, limit }),
    );
    const refunds = await untilDone(context, () => context.callAsSystem(sendRefunds, { limit }));
    const report: Report = { compared: 0, settled: 0, failed: 0, problem: undefined, found: [] };
    if (sinceHours > 0) {
      const since = plusMinutes(context.now(), -60 * sinceHours);
      for (const [name, provider] of Object.entries(context.providers)) {
        // What people move by hand has no records elsewhere.
        if (name !== 'manual') await compareProvider(context, { name, provider, since }, report);
      }
    }
    const problem = checks.problem ?? refunds.problem ?? report.problem;
    return {
      compared: report.compared,
      settled: report.settled,
      failed: checks.failed + refunds.failed + report.failed,
      found: report.found,
      done: checks.done + refunds.done + report.settled,
      checked: checks.done - checks.failed,
      refunded: refunds.done - refunds.failed,
      ...(problem === undefined ? {} : { problem }),
    };
  },
});

/**
 * Until nothing is due, or as long as a piece is leased: after that those that stay open
 * would be due again, without end.
 */
async function untilDone(context: WorkflowContext, work: () => Promise<Attempts>) {
  const end = plusMinutes(context.now(), LEASE_MINUTES);
  let total: Attempts = { done: 0, failed: 0 };
  for (;;) {
    const { done, failed, problem } = await work();
    total = {
      done: total.done + done,
      failed: total.failed + failed,
      problem: total.problem ?? problem,
    };
    if (done === 0 || context.now() >= end) return total;
  }
}

interface Report {
  compared: number;
  settled: number;
  failed: number;
  problem: string | undefined;
  found: Discrepancy[];
}

interface Compared {
  readonly name: string;
  readonly provider: PaymentProvider;
  readonly since: string;
}

/** First what the provider has, then what we have and it did not list. */
async function compareProvider(
  context: WorkflowContext,
  { name, provider, since }: Compared,
  report: Report,
): Promise<void> {
  const seen = new Set<string>();
  const compare = async (reference: string | null, result: PaymentResult, at: Instant) => {
    report.compared += 1;
    const input = { provider: name, reference, result, at };
    const { settled, refund, found } = await context.callAsSystem(comparePayment, input);
    report.found.push(...found);
    if (settled) report.settled += 1;
    if (refund !== null) await sendBack(context, refund);
  };
  const count = ({ failed, problem }: Pick<Attempts, 'failed' | 'problem'>) => {
    report.failed += failed;
    report.problem ??= problem;
  };

  const { list } = provider;
  if (list !== undefined) {
    let cursor: string | null = null;
    do {
      const at = context.now();
      let page: Awaited<ReturnType<typeof list>>;
      try {
        page = await list.call(provider, { since, cursor });
      } catch (error) {
        count({ failed: 1, problem: problemOf(error) });
        return;
      }
      const compared = await attemptEach(page.payments, async ({ reference, result }) => {
        if (reference !== null) seen.add(reference);
        await compare(reference, result, at);
        return undefined;
      });
      count(compared);
      cursor = page.cursor;
    } while (cursor !== null);
  }

  let after: string | undefined;
  for (;;) {
    const asked = { provider: name, since, limit: PAGE, ...(after === undefined ? {} : { after }) };
    const { payments } = await context.callAsSystem(listSettled, asked);
    const unseen = payments.filter(({ id }) => !seen.has(id));
    const compared = await attemptEach(unseen, async ({ id: reference, providerRef }) => {
      const at = context.now();
      let result: PaymentResult;
      try {
        result = await provider.lookUp({ reference, providerRef });
      } catch (error) {
        return problemOf(error);
      }
      await compare(reference, result, at);
      return undefined;
    });
    count(compared);
    if (payments.length < PAGE) return;
    after = payments.at(-1)?.id;
  }
}
