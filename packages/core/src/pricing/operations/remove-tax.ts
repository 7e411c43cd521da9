import * as z from 'zod';
import { cataloguesChanged } from '../../events/index.ts';
import { notFound, write } from '../../kernel/index.ts';
import { members } from '../../organizers/index.ts';
import { taxResource } from '../resource.ts';
import { Tax, TaxId } from '../tax.ts';

export const removeTax = write({
  name: 'taxes.remove',
  summary: 'Takes a tax rate away. Holds and orders keep what they have.',
  input: z.strictObject({ taxId: TaxId }),
  output: Tax,
  allow: members(
    'manage_events',
    async ({ tx }, { taxId }: { taxId: string }) =>
      (await tx.pricing.taxes.find(taxId))?.organizerId,
  ),
  run: async (context, { taxId }) => {
    const { tx, emit } = context;
    const found = await tx.pricing.taxes.find(taxId);
    if (found === undefined) return notFound({ kind: 'tax', id: taxId });
    await tx.organizers.organizers.findForUpdate([found.organizerId]);
    const [was] = await tx.pricing.taxes.findForUpdate([taxId]);
    if (was === undefined) return notFound({ kind: 'tax', id: taxId });
    await tx.pricing.taxes.remove([taxId]);
    await cataloguesChanged(context, found.organizerId);
    const removed = taxResource(was);
    emit({
      type: 'tax.removed',
      organizerId: was.organizerId,
      eventId: null,
      subject: taxId,
      data: removed,
    });
    return removed;
  },
});
