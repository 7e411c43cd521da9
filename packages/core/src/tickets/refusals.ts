import * as z from 'zod';
import { refusal } from '../kernel/index.ts';
import { VoidReason } from './ticket.ts';

export const ticketVoid = refusal('ticket_void', {
  kind: 'conflict',
  meaning: 'The ticket is no longer valid.',
  details: z.object({ ticketId: z.string(), why: VoidReason }),
  message: ({ why }) => `The ticket is void: it was ${why}.`,
});
