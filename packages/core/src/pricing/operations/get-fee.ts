import * as z from 'zod';
import { EventId, maySee } from '../../events/index.ts';
import { everyone, notFound, read } from '../../kernel/index.ts';
import { Fee } from '../fee.ts';
import { feeResource } from '../resource.ts';

export const getFee = read({
  name: 'fees.get',
  summary: "The fee of an event's tickets, or null when there is none.",
  input: z.strictObject({ eventId: EventId }),
  output: z.object({ fee: Fee.nullable() }).meta({ id: 'EventFee' }),
  allow: everyone,
  run: async (context, { eventId }) => {
    const event = await context.tx.events.events.find(eventId);
    if (event === undefined || !(await maySee(context, event))) {
      return notFound({ kind: 'event', id: eventId });
    }
    const fee = await context.tx.pricing.fees.ofEvent(eventId);
    return { fee: fee === undefined ? null : feeResource(fee, event.currency) };
  },
});
