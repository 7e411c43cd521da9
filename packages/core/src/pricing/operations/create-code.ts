import * as z from 'zod';
import {
  ambiguousTime,
  EventId,
  instantOf,
  invalidTime,
  membersOfEvent,
  TicketTypeId,
  TimeInput,
} from '../../events/index.ts';
import { isRefusal, notFound, write } from '../../kernel/index.ts';
import { Code, type CodeRecord, codeKey, Discount } from '../code.ts';
import { codeExists, unknownTicketType } from '../refusals.ts';
import { codeResource } from '../resource.ts';

export const createCode = write({
  name: 'codes.create',
  summary: 'Makes a promo code: a percentage or an amount off, for so many orders.',
  input: z.strictObject({
    eventId: EventId,
    code: z
      .string()
      .trim()
      .min(1)
      .max(64)
      .regex(/^[\w.-]+$/u, { error: 'A code has letters, digits, and . _ - only.' }),
    discount: Discount,
    maxUses: z.int().min(1).max(1_000_000_000).nullable().default(null),
    validFrom: TimeInput.nullable().default(null),
    validUntil: TimeInput.nullable().default(null),
    ticketTypeIds: z.array(TicketTypeId).min(1).max(200).nullable().default(null),
  }),
  output: Code,
  refusals: [codeExists, unknownTicketType, invalidTime, ambiguousTime],
  allow: membersOfEvent('manage_events'),
  run: async ({ tx, ids, now, emit }, { eventId, maxUses, ...input }) => {
    const [event] = await tx.events.events.findForUpdate([eventId]);
    if (event === undefined) return notFound({ kind: 'event', id: eventId });
    const key = codeKey(input.code);
    const [taken] = await tx.pricing.codes.findByKeys(eventId, [key]);
    if (taken !== undefined) return codeExists({ code: taken.code });
    const types = new Set((await tx.events.ticketTypes.ofEvent(eventId)).map(({ id }) => id));
    const stranger = input.ticketTypeIds?.find((id) => !types.has(id));
    if (stranger !== undefined) return unknownTicketType({ ticketTypeId: stranger });
    const validFrom = await instantOrNull(input.validFrom, event.timezone);
    if (isRefusal(validFrom)) return validFrom;
    const validUntil = await instantOrNull(input.validUntil, event.timezone);
    if (isRefusal(validUntil)) return validUntil;

    const code: CodeRecord = {
      ...input,
      validFrom,
      validUntil,
      id: ids.next('cod'),
      organizerId: event.organizerId,
      eventId,
      codeKey: key,
      state: 'active',
      createdAt: now,
      revision: 1,
    };
    await tx.pricing.codes.insert([code]);
    await tx.inventory.openCounters([
      {
        targetId: code.id,
        organizerId: event.organizerId,
        eventId,
        capacity: maxUses,
        claimed: 0,
      },
    ]);
    const created = codeResource(code, event.currency, { maxUses, used: 0 });
    emit({
      type: 'code.created',
      organizerId: event.organizerId,
      eventId,
      subject: code.id,
      data: created,
    });
    return created;
  },
});

async function instantOrNull(time: string | null, timezone: string) {
  return time === null ? null : instantOf(time, timezone);
}
