import type { EventRecord, TicketTypeRecord } from '../events/index.ts';
import type { ReadContext } from '../kernel/index.ts';
import { mayAt } from '../organizers/index.ts';
import { type CodeRecord, codeIsOpen, codeKey } from '../pricing/index.ts';
import { standing } from './standing.ts';

/**
 * The codes of an event among these names that may be used now. A wrong one, one
 * that is not valid and a spent one are alike: they are left out.
 */
export async function openCodes(
  context: Pick<ReadContext, 'tx' | 'now'>,
  eventId: string,
  names: readonly string[],
): Promise<CodeRecord[]> {
  if (names.length === 0) return [];
  const { tx, now } = context;
  const found = await tx.pricing.codes.findByKeys(eventId, [...new Set(names.map(codeKey))]);
  const open = found.filter((code) => codeIsOpen(code, now));
  const stand = await standing(
    context,
    eventId,
    open.map(({ id }) => id),
  );
  return open.filter(({ id }) => stand.available(id) !== 0);
}

/** The types that somebody may know of: hidden ones with a code that unlocks them, or members. */
export async function shownTypes(
  context: Pick<ReadContext, 'tx' | 'actor'>,
  { organizerId }: EventRecord,
  types: readonly TicketTypeRecord[],
  codes: readonly CodeRecord[],
): Promise<TicketTypeRecord[]> {
  const isShown = ({ id, terms: { hidden } }: TicketTypeRecord) =>
    !hidden || codes.some(({ unlocks }) => unlocks?.includes(id));
  if (types.every(isShown)) return [...types];
  if (await mayAt(context, context.actor, organizerId, 'look_up')) return [...types];
  return types.filter(isShown);
}
