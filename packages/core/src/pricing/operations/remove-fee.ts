import * as z from 'zod';
import { catalogueChanged } from '../../events/index.ts';
import { notFound, write } from '../../kernel/index.ts';
import { members } from '../../organizers/index.ts';
import { Fee, FeeId } from '../fee.ts';
import { feeResource } from '../resource.ts';

export const removeFee = write({
  name: 'fees.remove',
  summary: 'Takes a fee off an event. Holds and orders keep what they have.',
  input: z.strictObject({ feeId: FeeId }),
  output: Fee,
  allow: members(
    'manage_events',
    async ({ tx }, { feeId }: { feeId: string }) =>
      (await tx.pricing.fees.find(feeId))?.organizerId,
  ),
  run: async (context, { feeId }) => {
    const { tx, emit } = context;
    const found = await tx.pricing.fees.find(feeId);
    if (found === undefined) return notFound({ kind: 'fee', id: feeId });
    const [event] = await tx.events.events.findForUpdate([found.eventId]);
    if (event === undefined) return notFound({ kind: 'event', id: found.eventId });
    const [was] = await tx.pricing.fees.findForUpdate([feeId]);
    if (was === undefined) return notFound({ kind: 'fee', id: feeId });
    await tx.pricing.fees.remove([feeId]);
    await catalogueChanged(context, found.eventId);
    const removed = feeResource(was, event.currency);
    emit({
      type: 'fee.removed',
      organizerId: was.organizerId,
      eventId: was.eventId,
      subject: feeId,
      data: removed,
    });
    return removed;
  },
});
