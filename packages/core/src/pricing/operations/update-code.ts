import * as z from 'zod';
import { ambiguousTime, catalogueChanged, invalidTime, TimeInput } from '../../events/index.ts';
import { endReserve, notReservable, setAside, soldOut } from '../../inventory/index.ts';
import { isRefusal, notFound, type WriteContext, write } from '../../kernel/index.ts';
import { members } from '../../organizers/index.ts';
import { Code, CodeId, type CodeRecord } from '../code.ts';
import { usesBelowUsed } from '../refusals.ts';
import { codeResource } from '../resource.ts';
import { windowOf } from '../window.ts';

export const updateCode = write({
  name: 'codes.update',
  summary:
    'Disables or enables a code, changes how many orders may use it and when. What a disabled one set aside is free again.',
  input: z.strictObject({
    codeId: CodeId,
    state: z.enum(['active', 'disabled']).optional(),
    maxUses: z.int().min(1).max(1_000_000_000).nullable().optional(),
    validFrom: TimeInput.nullable().optional(),
    validUntil: TimeInput.nullable().optional(),
  }),
  output: Code,
  refusals: [usesBelowUsed, soldOut, notReservable, invalidTime, ambiguousTime],
  allow: members(
    'manage_events',
    async ({ tx }, { codeId }: { codeId: string }) =>
      (await tx.pricing.codes.find(codeId))?.organizerId,
  ),
  run: async (context, { codeId, state, maxUses, validFrom, validUntil }) => {
    const { tx, now, emit } = context;
    const found = await tx.pricing.codes.find(codeId);
    if (found === undefined) return notFound({ kind: 'code', id: codeId });
    const [event] = await tx.events.events.findForUpdate([found.eventId]);
    if (event === undefined) return notFound({ kind: 'event', id: found.eventId });
    const [was] = await tx.pricing.codes.findForUpdate([codeId]);
    if (was === undefined) return notFound({ kind: 'code', id: codeId });
    const window = await windowOf(
      {
        validFrom: validFrom === undefined ? was.validFrom : validFrom,
        validUntil: validUntil === undefined ? was.validUntil : validUntil,
      },
      event.timezone,
    );
    if (isRefusal(window)) return window;
    const next = { ...was, ...window, state: state ?? was.state };
    // Its uses before its places, as who buys with it locks them.
    await tx.inventory.lockCounters(was.eventId, [codeId]);
    const refused = await moveReserve(context, was, next);
    if (refused !== undefined) return refused;
    await tx.inventory.takeBackLapsed(was.eventId, [codeId], now);
    const [counter] = await tx.inventory.counters(was.eventId, [codeId]);
    const used = counter?.claimed ?? 0;
    const capacity = maxUses === undefined ? (counter?.capacity ?? null) : maxUses;
    if (!(await tx.inventory.resize(was.eventId, codeId, capacity))) {
      return usesBelowUsed({ maxUses: capacity ?? 0, used });
    }
    await tx.pricing.codes.save(next, was);
    await catalogueChanged(context, was.eventId);
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

/** Frees what a code set aside when it is disabled; sets it aside again when it is enabled. */
async function moveReserve(context: WriteContext, was: CodeRecord, next: CodeRecord) {
  if (was.reserve === null) return undefined;
  const type = await context.tx.events.ticketTypes.find(was.reserve.ticketTypeId);
  if (type === undefined) throw new Error(`Ticket type ${was.reserve.ticketTypeId} is gone.`);
  const { id: codeId, code, eventId } = was;
  if (next.state === 'disabled') {
    await endReserve(context, { codeId, eventId, type });
    return undefined;
  }
  if (was.state === 'active') return undefined;
  return setAside(context, { codeId, code, type, quantity: was.reserve.quantity });
}
