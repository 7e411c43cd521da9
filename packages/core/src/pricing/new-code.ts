import * as z from 'zod';
import {
  ambiguousTime,
  catalogueChanged,
  type EventRecord,
  invalidTime,
  TicketTypeId,
  TimeInput,
} from '../events/index.ts';
import { notReservable, setAside, soldOut } from '../inventory/index.ts';
import { isRefusal, type WriteContext } from '../kernel/index.ts';
import { type CodeRecord, codeKey, codeTerms, Reserve } from './code.ts';
import { codeExists, unknownTicketType } from './refusals.ts';
import { windowOf } from './window.ts';

/** What a code does, as organizers write it. */
export const CodeInputs = {
  discount: codeTerms.discount
    .default(null)
    .meta({ examples: [{ type: 'percent', percent: '20' }] }),
  unlocks: codeTerms.unlocks.default(null),
  maxUses: z
    .int()
    .min(1)
    .max(1_000_000_000)
    .nullable()
    .default(null)
    .meta({ description: 'Orders that may use it; null: any number.' }),
  maxPerBuyer: codeTerms.maxPerBuyer.default(null),
  maxTickets: codeTerms.maxTickets.default(null),
  minTickets: codeTerms.minTickets.default(0),
  minValue: codeTerms.minValue.default(0),
  stacking: codeTerms.stacking.default('all'),
  validFrom: TimeInput.nullable().default(null),
  validUntil: TimeInput.nullable().default(null),
  ticketTypeIds: z
    .array(TicketTypeId)
    .min(1)
    .max(200)
    .nullable()
    .default(null)
    .meta({ description: 'Types that it takes something off; null: all.' }),
};
const Terms = z.object({ ...CodeInputs, reserve: Reserve.nullable().default(null) });
type Terms = z.output<typeof Terms>;

/** A code that would do nothing. */
export function codeProblem({
  discount,
  unlocks,
  reserve = null,
}: Pick<Terms, 'discount' | 'unlocks'> & { reserve?: Terms['reserve'] }) {
  if (discount !== null || unlocks !== null || reserve !== null) return undefined;
  return {
    path: ['discount'],
    message: 'A code takes something off, unlocks or reserves something.',
  };
}

/** What whoever makes a code may be told instead. */
export const newCodeRefusals = [
  codeExists,
  unknownTicketType,
  notReservable,
  soldOut,
  invalidTime,
  ambiguousTime,
] as const;

/**
 * Makes codes of an event with the same terms, and their counters. The caller has
 * locked the event.
 */
export async function newCodes(
  context: WriteContext,
  event: EventRecord,
  names: readonly string[],
  { maxUses, validFrom, validUntil, ...terms }: Terms & { readonly batch: string | null },
) {
  const { tx, ids, now } = context;
  const { id: eventId, organizerId } = event;
  const keys = names.map(codeKey);
  const [taken] = await tx.pricing.codes.findByKeys(eventId, keys);
  if (taken !== undefined) return codeExists({ code: taken.code });
  const types = new Map(
    (await tx.events.ticketTypes.ofEvent(eventId)).map((type) => [type.id, type]),
  );
  const { ticketTypeIds, unlocks, reserve } = terms;
  const meant = [...(ticketTypeIds ?? []), ...(unlocks ?? [])];
  const stranger = meant.find((id) => !types.has(id));
  if (stranger !== undefined) return unknownTicketType({ ticketTypeId: stranger });
  const reserved = reserve === null ? undefined : types.get(reserve.ticketTypeId);
  if (reserve !== null && reserved === undefined) {
    return unknownTicketType({ ticketTypeId: reserve.ticketTypeId });
  }
  const window = await windowOf({ validFrom, validUntil }, event.timezone);
  if (isRefusal(window)) return window;

  const codes = names.map(
    (code): CodeRecord => ({
      ...terms,
      ...window,
      id: ids.next('cod'),
      organizerId,
      eventId,
      code,
      codeKey: codeKey(code),
      state: 'active',
      createdAt: now,
      revision: 1,
    }),
  );
  if (reserved !== undefined && reserve !== null) {
    for (const { id, code } of codes) {
      const wanted = { codeId: id, code, type: reserved, quantity: reserve.quantity };
      const refused = await setAside(context, wanted);
      if (refused !== undefined) return refused;
    }
  }
  await tx.pricing.codes.insert(codes);
  await tx.inventory.openCounters(
    codes.map(({ id: targetId }) => ({
      targetId,
      organizerId,
      eventId,
      capacity: maxUses,
      claimed: 0,
    })),
  );
  await catalogueChanged(context, eventId);
  return codes;
}
