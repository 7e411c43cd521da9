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

export const nameChangeClosed = refusal('name_change_closed', {
  kind: 'conflict',
  meaning: 'The holder may not change the name of who comes any more.',
  details: z.object({
    ticketId: z.string(),
    why: z.enum(['too_late', 'too_often']),
    until: Instant.nullable(),
    max: z.int().nullable(),
  }),
  hint: 'Members who sell still can.',
  message: ({ why, until, max }) =>
    why === 'too_late'
      ? `Names could be changed until ${until ?? 'now'}.`
      : `The name was changed as often as it may be: ${max ?? 0} times.`,
});

export const reissueLimited = refusal('reissue_limited', {
  kind: 'conflict',
  meaning: 'The place got as many new codes in 24 hours as its holder may ask for.',
  details: z.object({ ticketId: z.string(), max: z.int(), retryAt: Instant.nullable() }),
  hint: 'Members who sell can still make a new code.',
  message: ({ max, retryAt }) =>
    max === 0 || retryAt === null
      ? 'Holders cannot ask for a new code.'
      : `A place gets ${max} new codes in 24 hours; the next one from ${retryAt} on.`,
});

export const ticketReserved = refusal('ticket_reserved', {
  kind: 'conflict',
  meaning: 'A buyer has the ticket reserved at this moment.',
  details: z.object({ ticketId: z.string() }),
  hint: 'Their purchase ends the code too; ask again when their reservation is over.',
  message: () => 'A buyer is just paying for the ticket.',
});

export const reasonMissing = refusal('reason_missing', {
  kind: 'invalid',
  meaning: 'Who makes a new code for somebody else says why.',
  details: z.object({ ticketId: z.string() }),
  message: () => 'Say why the ticket gets a new code.',
});
