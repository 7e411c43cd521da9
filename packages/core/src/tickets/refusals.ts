import * as z from 'zod';
import { Instant, refusal } from '../kernel/index.ts';
import { VoidReason } from './ticket.ts';

export const ticketVoid = refusal('ticket_void', {
  kind: 'conflict',
  meaning: 'The ticket is no longer valid.',
  details: z.object({ ticketId: z.string(), why: VoidReason }),
  message: ({ why }) => `The ticket is void: it was ${why}.`,
});

export const ticketCheckedIn = refusal('ticket_checked_in', {
  kind: 'conflict',
  meaning: 'Somebody has come in with the ticket already.',
  details: z.object({ ticketId: z.string(), checkedInAt: Instant }),
  message: ({ checkedInAt }) => `The ticket was used at ${checkedInAt}.`,
});
