import * as z from 'zod';
import { EventId, maySee } from '../../events/index.ts';
import { everyone, notFound, read } from '../../kernel/index.ts';
import { TransferPolicy } from '../policy.ts';
import { policyResource } from '../resource.ts';
import { transferTermsOf } from '../terms.ts';

export const getTransferPolicy = read({
  name: 'transfers.getPolicy',
  summary: 'The rules under which tickets of an event are passed on, renamed and given new codes.',
  input: z.strictObject({ eventId: EventId }),
  output: TransferPolicy,
  allow: everyone,
  run: async (context, { eventId }) => {
    const event = await context.tx.events.events.find(eventId);
    if (event === undefined || !(await maySee(context, event))) {
      return notFound({ kind: 'event', id: eventId });
    }
    return policyResource(eventId, await transferTermsOf(context, eventId));
  },
});
