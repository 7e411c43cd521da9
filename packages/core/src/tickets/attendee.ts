import * as z from 'zod';
import type { Quote, QuoteLine } from '../pricing/index.ts';
import { Answer, Answers } from '../questions/index.ts';

/** Who comes with a ticket, as it is given. The holder, who may pass it on, is somebody else. */
export const AttendeeInput = z
  .strictObject({
    name: z.string().trim().min(1).max(200).optional(),
    email: z.email().max(254).toLowerCase().optional(),
    answers: Answers.optional(),
  })
  .meta({ id: 'AttendeeInput' });
export type AttendeeInput = z.output<typeof AttendeeInput>;

/** The same as it is kept. */
export const Attendee = z
  .object({
    name: z.string().nullable(),
    email: z.string().nullable(),
    answers: z.array(Answer),
  })
  .meta({ id: 'Attendee', description: 'Who comes with a ticket, and what they answered.' });
export type Attendee = z.output<typeof Attendee>;

/** The types of the tickets that a quote makes, in the order in which they are issued. */
export function ticketTypesOf({ lines }: Pick<Quote, 'lines'>): string[] {
  return lines.flatMap(({ tickets, ...line }) => {
    const lots: readonly Pick<QuoteLine, 'ticketTypeId' | 'quantity'>[] = tickets ?? [line];
    return lots.flatMap(({ ticketTypeId, quantity }) => Array<string>(quantity).fill(ticketTypeId));
  });
}
