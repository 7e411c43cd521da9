import * as z from 'zod';
import { notFound, write } from '../../kernel/index.ts';
import { members } from '../../organizers/index.ts';
import { Code, CodeId } from '../code.ts';
import { usesBelowUsed } from '../refusals.ts';
import { codeResource } from '../resource.ts';

export const updateCode = write({
  name: 'codes.update',
  summary: 'Disables or enables a code, or changes how many orders may use it.',
  input: z.strictObject({
    codeId: CodeId,
    state: z.enum(['active', 'disabled']).optional(),
    maxUses: z.int().min(1).max(1_000_000_000).nullable().optional(),
  }),
  output: Code,
  refusals: [usesBelowUsed],
  allow: members(
    'manage_events',
    async ({ tx }, { codeId }: { codeId: string }) =>
      (await tx.pricing.codes.find(codeId))?.organizerId,
  ),
  run: async ({ tx, now, emit }, { codeId, state, maxUses }) => {
    const [was] = await tx.pricing.codes.findForUpdate([codeId]);
    if (was === undefined) return notFound({ kind: 'code', id: codeId });
    const event = await tx.events.events.find(was.eventId);
    if (event === undefined) return notFound({ kind: 'event', id: was.eventId });
    await tx.inventory.lockCounters(was.eventId, [codeId]);
    await tx.inventory.takeBackLapsed(was.eventId, [codeId], now);
    const [counter] = await tx.inventory.counters(was.eventId, [codeId]);
    const used = counter?.claimed ?? 0;
    const capacity = maxUses === undefined ? (counter?.capacity ?? null) : maxUses;
    if (!(await tx.inventory.resize(was.eventId, codeId, capacity))) {
      return usesBelowUsed({ maxUses: capacity ?? 0, used });
    }
    const next = { ...was, state: state ?? was.state };
    await tx.pricing.codes.save(next, was);
    const updated = codeResource(next, event.currency, { maxUses: capacity, used });
    emit({
      type: 'code.updated',
      organizerId: was.organizerId,
      eventId: was.eventId,
      subject: codeId,
      data: updated,
    });
    return updated;
  },
});
