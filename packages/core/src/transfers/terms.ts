import type { ReadContext } from '../kernel/index.ts';
import { defaultTerms, type TicketTerms, type TransferTerms, termsOfType } from './policy.ts';

/** The rules of an event as they stand now. */
export async function transferTermsOf(
  { tx }: Pick<ReadContext, 'tx'>,
  eventId: string,
): Promise<TransferTerms> {
  return (await tx.transfers.policies.find(eventId))?.terms ?? defaultTerms;
}

/** The rules of one ticket as they stand now. */
export async function termsOfTicket(
  context: Pick<ReadContext, 'tx'>,
  { eventId, ticketTypeId }: { readonly eventId: string; readonly ticketTypeId: string },
): Promise<TicketTerms> {
  return termsOfType(await transferTermsOf(context, eventId), ticketTypeId);
}
