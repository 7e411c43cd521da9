import * as z from 'zod';
import { anyOf, isRefusal, read } from '../../kernel/index.ts';
import { Locale, pdfNotAvailable } from '../../print/index.ts';
import { ticketVoid } from '../../tickets/index.ts';
import { admissionsOf, coded } from '../admission.ts';
import { askedFields, isOne, NAME_ONE, ownerOfAsked, sellersOfAsked } from '../asked.ts';
import { fileName, fileOf } from '../file.ts';
import { codeRotates, noTicketsLeft } from '../refusals.ts';
import { ticketPdf } from '../ticket-pdf.ts';

export const getTicketPdf = read({
  name: 'documents.pdf',
  summary:
    'A ticket, or those of an order, on paper: a page each, with its QR; the same bytes each time.',
  input: z
    .strictObject({ ...askedFields, locale: Locale.default('en') })
    .refine(isOne, NAME_ONE)
    .meta({ examples: [{ orderId: 'ord_01k0000000e008000000000000' }] }),
  output: fileOf('TicketPdf', ['application/pdf']),
  refusals: [ticketVoid, noTicketsLeft, codeRotates, pdfNotAvailable],
  allow: anyOf(ownerOfAsked, sellersOfAsked),
  run: async (context, { locale, ...asked }) => {
    const admissions = await admissionsOf(context, asked);
    if (isRefusal(admissions)) return admissions;
    const all = await coded(context, admissions);
    if (isRefusal(all)) return all;
    const pdf = await ticketPdf(all, locale);
    if (pdf === undefined) return pdfNotAvailable({ library: 'pdfkit' });
    return {
      fileName: fileName(asked.ticketId ?? asked.orderId ?? '', 'pdf'),
      contentType: 'application/pdf' as const,
      base64: pdf.toString('base64'),
    };
  },
});
