import * as z from 'zod';
import { idOf, LostRace, systemOnly, write } from '../../kernel/index.ts';
import { Refund, refundResource } from '../resource.ts';
import { Message } from '../result.ts';
import { takeMessage } from '../take-message.ts';

export const recordMessage = write({
  name: 'payments.recordMessage',
  summary:
    'Takes in one verified message of a provider’s webhook; one that came before changes nothing.',
  input: z.strictObject({ provider: z.string().min(1).max(50), message: Message }),
  output: z
    .object({
      outcome: z.enum(['recorded', 'unchanged', 'unmatched', 'ignored']),
      repeated: z.boolean(),
      subject: z.union([idOf('pay'), idOf('ref')]).nullable(),
      refund: Refund.nullable().meta({ description: 'What has to go back now, if anything.' }),
    })
    .meta({ id: 'RecordedMessage' }),
  allow: systemOnly,
  run: async (context, { provider, message }) => {
    const { tx, now } = context;
    const id = `${provider}:${message.id}`;
    const before = await tx.payments.messages.find(id);
    if (before !== undefined) {
      const { outcome, subject } = before;
      return { outcome, subject, repeated: true, refund: null };
    }
    const { outcome, subject, owed } = await takeMessage(context, provider, message);
    const kept = await tx.payments.messages.insert({
      id,
      about: message.about,
      subject,
      outcome,
      at: message.at,
      receivedAt: now,
    });
    // Everything above is rolled back and run again; then it is found.
    if (!kept) throw new LostRace(`The message ${id} was taken in meanwhile.`);
    const refund = owed === undefined ? null : refundResource(owed.refund, owed.payment);
    return { outcome, subject, repeated: false, refund };
  },
});
