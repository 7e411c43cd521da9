import * as z from 'zod';
import { formatAmount, refusal } from '../kernel/index.ts';

const Minor = z.int().meta({ description: 'Minor units; negative: the other way round.' });

export const nothingToPayOut = refusal('nothing_to_pay_out', {
  kind: 'conflict',
  meaning: 'Nothing is owed, or less than nothing: more was refunded than is left.',
  details: z.object({ payable: Minor, currency: z.string().nullable() }),
  message: ({ payable, currency }) =>
    payable < 0 && currency !== null
      ? `Nothing can be paid out: ${formatAmount(-payable, currency)} more went back or was paid out than was earned.`
      : 'Nothing is owed, so nothing can be paid out.',
});

export const payoutAboveBalance = refusal('payout_above_balance', {
  kind: 'conflict',
  meaning: 'Less is owed at this moment than is to be paid out.',
  details: z.object({ payable: Minor, currency: z.string() }),
  hint: 'Ask for less, or leave the amount out to pay all that is owed.',
  message: ({ payable, currency }) =>
    `At most ${formatAmount(payable, currency)} can be paid out now.`,
});

export const payoutNotPending = refusal('payout_not_pending', {
  kind: 'conflict',
  meaning: 'The payout was paid, failed or was cancelled before.',
  details: z.object({ payoutId: z.string(), state: z.string() }),
  message: ({ payoutId, state }) => `Payout ${payoutId} is ${state}.`,
});

export const currencyNeeded = refusal('currency_needed', {
  kind: 'invalid',
  meaning: 'The account has money in several currencies, so one has to be named.',
  details: z.object({ currencies: z.array(z.string()) }),
  hint: 'Give `currency`.',
  message: ({ currencies }) =>
    `There is money in ${currencies.join(', ')}: say which currency is meant.`,
});

export const payoutNotDue = refusal('payout_not_due', {
  kind: 'conflict',
  meaning: 'Sellers are paid when the event has taken place, and not while their refund is due.',
  details: z.object({
    ticketId: z.string(),
    dueAt: z
      .string()
      .nullable()
      .meta({ description: 'When it can be paid; null: never, or soon.' }),
  }),
  message: ({ dueAt }) =>
    dueAt === null ? 'The seller cannot be paid now.' : `The seller can be paid from ${dueAt} on.`,
});
