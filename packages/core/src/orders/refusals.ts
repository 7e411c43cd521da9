import * as z from 'zod';
import { Role, refusal } from '../kernel/index.ts';

export const orderNotPending = refusal('order_not_pending', {
  kind: 'conflict',
  meaning: 'The order is paid, expired or cancelled already.',
  details: z.object({
    orderId: z.string(),
    state: z.enum(['paid', 'expired', 'cancelled']),
  }),
  message: ({ orderId, state }) => `Order ${orderId} is ${state}.`,
});

export const unknownProvider = refusal('unknown_provider', {
  kind: 'invalid',
  meaning: 'No such payment provider is set up.',
  details: z.object({ provider: z.string(), known: z.array(z.string()) }),
  hint: 'Name one of the known providers, or pass it to createTicketi as `payments`.',
  message: ({ provider, known }) =>
    `There is no payment provider ${provider}; there is ${known.join(', ')}.`,
});

export const membersOnly = refusal('members_only', {
  kind: 'denied',
  meaning: 'A buyer cannot give themselves this; members of the organizer can.',
  details: z.object({ field: z.string(), roles: z.array(Role) }),
  hint: 'Leave the field out, or ask the organizer.',
  message: ({ field, roles }) =>
    `${field} is given by members of the organizer with the role ${roles.join(' or ')}.`,
});
