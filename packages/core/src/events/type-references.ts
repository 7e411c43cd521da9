import type { WriteContext } from '../kernel/index.ts';
import { type TypeTerms, unknownTicketType } from '../pricing/index.ts';
import { wrongPart } from './refusals.ts';

/**
 * Refuses terms that name types of another event, and bundles of what no bundle
 * can hold: bundles, seats, donations, other bundles' add-ons.
 */
export async function checkTypes(
  { tx }: Pick<WriteContext, 'tx'>,
  eventId: string,
  { requires, parts }: Pick<TypeTerms, 'requires' | 'parts'>,
) {
  if (requires === null && parts === null) return undefined;
  const types = new Map(
    (await tx.events.ticketTypes.ofEvent(eventId)).map((type) => [type.id, type]),
  );
  for (const ticketTypeId of requires?.ticketTypeIds ?? []) {
    if (!types.has(ticketTypeId)) return unknownTicketType({ ticketTypeId });
  }
  for (const { ticketTypeId } of parts ?? []) {
    const part = types.get(ticketTypeId);
    if (part === undefined) return unknownTicketType({ ticketTypeId });
    const why = unfitness(part);
    if (why !== undefined) return wrongPart({ ticketTypeId, why });
  }
  return undefined;
}

type Part = Awaited<ReturnType<WriteContext['tx']['events']['ticketTypes']['ofEvent']>>[number];

function unfitness({ seating, terms }: Part): 'bundle' | 'seated' | 'donation' | undefined {
  if (terms.parts !== null) return 'bundle';
  if (seating !== null) return 'seated';
  return terms.kind === 'donation' ? 'donation' : undefined;
}
