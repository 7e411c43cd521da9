import * as z from 'zod';
import { anyOf, isRefusal, read } from '../../kernel/index.ts';
import { ticketVoid } from '../../tickets/index.ts';
import { admissionsOf } from '../admission.ts';
import { askedFields, isOne, NAME_ONE, ownerOfAsked, sellersOfAsked } from '../asked.ts';
import { calendarOf } from '../calendar.ts';
import { fileName, fileOf } from '../file.ts';
import { noTicketsLeft } from '../refusals.ts';

const CALENDAR = 'text/calendar; charset=utf-8' as const;

export const getTicketCalendar = read({
  name: 'documents.calendar',
  summary: 'The dates of a ticket, or of those of an order, for a calendar: no code is in it.',
  input: z
    .strictObject(askedFields)
    .refine(isOne, NAME_ONE)
    .meta({ examples: [{ orderId: 'ord_01k0000000e008000000000000' }] }),
  output: fileOf('TicketCalendar', [CALENDAR]),
  refusals: [ticketVoid, noTicketsLeft],
  allow: anyOf(ownerOfAsked, sellersOfAsked),
  run: async (context, asked) => {
    const admissions = await admissionsOf(context, asked);
    if (isRefusal(admissions)) return admissions;
    return {
      fileName: fileName(asked.ticketId ?? asked.orderId ?? '', 'ics'),
      contentType: CALENDAR,
      base64: Buffer.from(calendarOf(admissions, context.now)).toString('base64'),
    };
  },
});
