import * as z from 'zod';
import { idOf, notFound, type ReadContext, write } from '../../kernel/index.ts';
import { members } from '../../organizers/index.ts';
import { Discrepancy, discrepancyResource } from '../discrepancy.ts';
import { discrepancyResolved } from '../refusals.ts';

interface Named {
  discrepancyId: string;
}

export const resolveDiscrepancy = write({
  name: 'payments.resolve',
  summary: 'Writes down what somebody found out about a discrepancy, or did about it.',
  input: z.strictObject({
    discrepancyId: idOf('dcp'),
    resolution: z.string().trim().min(1).max(1000),
  }),
  output: Discrepancy,
  refusals: [discrepancyResolved],
  // What is of no organizer is the system's alone: no member of any organizer passes for it.
  allow: members('manage_events', async ({ tx }: ReadContext, { discrepancyId }: Named) => {
    const found = await tx.payments.discrepancies.find(discrepancyId);
    return found && (found.organizerId ?? '');
  }),
  run: async ({ tx, now, emit }, { discrepancyId, resolution }) => {
    const [was] = await tx.payments.discrepancies.findForUpdate([discrepancyId]);
    if (was === undefined) return notFound({ kind: 'discrepancy', id: discrepancyId });
    if (was.resolution !== null) {
      return discrepancyResolved({ discrepancyId, resolution: was.resolution });
    }
    const next = { ...was, resolvedAt: now, resolution };
    await tx.payments.discrepancies.save(next, was);
    const resolved = discrepancyResource(next);
    emit({
      type: 'payment.discrepancy_resolved',
      organizerId: was.organizerId,
      eventId: was.eventId,
      subject: was.id,
      data: resolved,
    });
    return resolved;
  },
});
