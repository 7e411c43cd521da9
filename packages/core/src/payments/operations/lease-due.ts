import * as z from 'zod';
import {
  type Instant,
  plusMinutes,
  systemOnly,
  type WriteContext,
  write,
} from '../../kernel/index.ts';
import { stateAt } from '../../orders/index.ts';
import type { PaymentRecord } from '../payment.ts';
import type { RefundRecord } from '../refund.ts';
import { Payment, paymentResource, Refund, refundResource } from '../resource.ts';

/** How long nobody else gets a piece of work, in minutes, where nothing else is said. */
export const LEASE_MINUTES = 5;

/** A buyer may be with their bank when the order expires: that long it is not taken from them. */
const GRACE_MINUTES = 5;

export const leaseDuePayments = write({
  name: 'payments.due',
  summary:
    'Hands out what a provider is to be asked: payments left open, and refunds to be sent, of the providers that are set up. Each to one worker at a time.',
  input: z.strictObject({
    work: z
      .enum(['payments', 'refunds'])
      .optional()
      .meta({ description: 'Only these; both when left out.' }),
    olderThanMinutes: z
      .int()
      .min(0)
      .max(100_000)
      .default(5)
      .meta({ description: 'Payments that somebody waits for are asked about after so long.' }),
    limit: z.int().min(1).max(1000).default(100),
    leaseMinutes: z
      .int()
      .min(1)
      .max(60)
      .default(LEASE_MINUTES)
      .meta({ description: 'How long nobody else gets them.' }),
  }),
  output: z
    .object({
      payments: z.array(
        Payment.extend({
          wanted: z.boolean().meta({ description: 'Whether the buyer still waits for it.' }),
          over: z.boolean().meta({ description: 'Whether it may be ended at its provider.' }),
        }),
      ),
      refunds: z.array(Refund),
    })
    .meta({ id: 'DuePayments' }),
  allow: systemOnly,
  run: async (context, { work, olderThanMinutes, limit, leaseMinutes }) => {
    const { now } = context;
    const until = plusMinutes(now, leaseMinutes);
    const payments =
      work === 'refunds' ? [] : await duePayments(context, { olderThanMinutes, limit, until });
    const refunds = work === 'payments' ? [] : await dueRefunds(context, { limit, until });
    return { payments: await shown(context, payments), refunds };
  },
});

/** First those that nobody waits for, then those that nobody has settled for a while. */
async function duePayments(
  context: WriteContext,
  { olderThanMinutes, limit, until }: { olderThanMinutes: number; limit: number; until: Instant },
): Promise<PaymentRecord[]> {
  const { tx, now, providerNames } = context;
  // What people move by hand, people confirm: nobody else knows of it.
  const providers = providerNames.filter((name) => name !== 'manual');
  const unwantedSince = plusMinutes(now, -GRACE_MINUTES);
  const before = plusMinutes(now, -olderThanMinutes);
  const take = (most: number, open: { before: Instant; unwantedSince?: Instant }) =>
    leased<PaymentRecord>(context, 'payment', { most, until }, (after, count) =>
      tx.payments.payments.unsettled({ ...open, providers, after: after?.id, limit: count }),
    );
  const unwanted = await take(limit, { before: plusMinutes(now, 1), unwantedSince });
  return [...unwanted, ...(await take(limit - unwanted.length, { before }))];
}

async function dueRefunds(
  context: WriteContext,
  { limit: most, until }: { limit: number; until: Instant },
): Promise<Refund[]> {
  const { tx, now, providerNames: providers } = context;
  const refunds = await leased<RefundRecord>(context, 'refund', { most, until }, (after, limit) =>
    tx.payments.refunds.due({ now, providers, after, limit }),
  );
  const paid = await tx.payments.payments.findMany(refunds.map(({ paymentId }) => paymentId));
  const byId = new Map(paid.map((payment) => [payment.id, payment]));
  return refunds.flatMap((refund) => {
    const payment = byId.get(refund.paymentId);
    return payment === undefined ? [] : [refundResource(refund, payment)];
  });
}

/** Reads on until so many are leased, past those that somebody else has. */
async function leased<Piece extends { readonly id: string }>(
  { tx, now }: WriteContext,
  kind: string,
  { most, until }: { most: number; until: Instant },
  read: (after: Piece | undefined, count: number) => Promise<Piece[]>,
): Promise<Piece[]> {
  const taken: Piece[] = [];
  let after: Piece | undefined;
  while (taken.length < most) {
    const count = most - taken.length;
    const found = await read(after, count);
    const names = found.map(({ id }) => `${kind}:${id}`);
    const own = new Set(await tx.leases.take(names, until, now));
    taken.push(...found.filter(({ id }) => own.has(`${kind}:${id}`)));
    if (found.length < count) break;
    after = found.at(-1);
  }
  return taken;
}

async function shown({ tx, now }: WriteContext, payments: readonly PaymentRecord[]) {
  const orders = await tx.orders.orders.findMany(payments.map(({ orderId }) => orderId));
  const byId = new Map(orders.map((order) => [order.id, order]));
  const ended = plusMinutes(now, -GRACE_MINUTES);
  return payments.map((payment) => {
    const order = byId.get(payment.orderId);
    const state = order === undefined ? 'cancelled' : stateAt(order, now);
    const late = order !== undefined && order.expiresAt <= ended;
    const isGivenUp = payment.cancelRequestedAt !== null;
    return {
      ...paymentResource(payment),
      wanted: !isGivenUp && state === 'pending',
      over: isGivenUp || state === 'paid' || state === 'cancelled' || late,
    };
  });
}
