import * as z from 'zod';
import { EventId, maySee } from '../../events/index.ts';
import { everyone, notFound, read } from '../../kernel/index.ts';
import { policyResource, RefundPolicyShown } from '../policy.ts';

export const getRefundPolicy = read({
  name: 'refunds.getPolicy',
  summary: 'What buyers of an event may give back by themselves; nothing, when no policy was set.',
  input: z.strictObject({ eventId: EventId }),
  output: RefundPolicyShown,
  allow: everyone,
  run: async (context, { eventId }) => {
    const { tx } = context;
    const event = await tx.events.events.find(eventId);
    if (event === undefined || !(await maySee(context, event))) {
      return notFound({ kind: 'event', id: eventId });
    }
    return policyResource(eventId, (await tx.refunds.policies.ofEvent(eventId)).at(-1));
  },
});
