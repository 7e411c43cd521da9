import { type Locale, newSheet } from '../print/index.ts';
import type { CodedAdmission } from './admission.ts';

/**
 * A PDF of tickets, a page each; undefined where the library is not installed. Its date is that of
 * the newest ticket in it, so that the same tickets have the same bytes.
 */
export async function ticketPdf(
  admissions: readonly CodedAdmission[],
  locale: Locale,
): Promise<Buffer | undefined> {
  const newest =
    admissions
      .map(({ ticket }) => ticket.createdAt)
      .toSorted()
      .at(-1) ?? '';
  const [first] = admissions;
  const sheet = await newSheet({
    title: first === undefined ? '' : first.event.name,
    author: first?.organizerName ?? '',
    createdAt: newest,
  });
  if (sheet === undefined) return undefined;
  // Loaded when somebody wants a ticket on paper, not when the SDK starts.
  const { drawTickets } = await import('./pdf/draw.ts');
  return drawTickets(sheet, admissions, locale);
}
