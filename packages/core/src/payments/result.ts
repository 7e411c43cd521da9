import * as z from 'zod';
import { InstantInput } from '../kernel/index.ts';

// Not strict: what a provider tells besides is its own.
const providerRef = z.string().max(500);

/** What a provider says of a payment, as data. */
export const ProviderResult = z.discriminatedUnion('state', [
  z.object({
    state: z.literal('succeeded'),
    providerRef,
    // Whatever came has to be taken in, also what no order of ours could cost.
    amount: z.int().min(0),
    currency: z.string(),
    refunded: z.int().min(0).optional(),
    disputed: z.boolean().optional(),
  }),
  z.object({ state: z.literal('pending'), providerRef }),
  z.object({ state: z.literal('requires_action'), providerRef, action: z.string() }),
  z.object({
    state: z.literal('declined'),
    providerRef: providerRef.nullable(),
    reason: z.string(),
  }),
  z.object({ state: z.literal('cancelled'), providerRef: providerRef.nullable() }),
]);

/** What a provider says of a refund, as data. */
const RefundWord = z.discriminatedUnion('state', [
  z.object({ state: z.literal('succeeded'), providerRef }),
  z.object({ state: z.literal('pending'), providerRef }),
  z.object({
    state: z.literal('failed'),
    reason: z.string(),
    providerRef: providerRef.optional(),
  }),
]);

const told = {
  id: z.string().min(1).max(255),
  at: InstantInput,
};
const reference = z.string().max(255).nullable();

/** What came of asking a provider about a refund: its word, or why there is none. */
export const RefundAnswer = z.discriminatedUnion('state', [
  ...RefundWord.options,
  z.object({ state: z.literal('unanswered'), reason: z.string().max(1000) }),
]);

/** One message of a provider's webhook, as data. */
export const Message = z.discriminatedUnion('about', [
  z.object({ ...told, about: z.literal('payment'), reference, result: ProviderResult }),
  z.object({
    ...told,
    about: z.literal('refund'),
    reference,
    paymentRef: providerRef.nullable(),
    amount: z.int().min(0),
    currency: z.string(),
    result: RefundWord,
  }),
  z.object({
    ...told,
    about: z.literal('dispute'),
    reference,
    providerRef,
    amount: z.int().min(0),
    currency: z.string(),
    reason: z.string(),
  }),
  z.object({ ...told, about: z.literal('other'), type: z.string() }),
]);
