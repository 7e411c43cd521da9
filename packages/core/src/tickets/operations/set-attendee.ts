import * as z from 'zod';
import { anyOf, isRefusal, notFound, write } from '../../kernel/index.ts';
import { answersNotValid } from '../../questions/index.ts';
import { holderOfTicket, membersOfTicket } from '../access.ts';
import { AttendeeInput } from '../attendee.ts';
import { answersOfTicket } from '../attendee-answers.ts';
import { ticketCheckedIn, ticketVoid } from '../refusals.ts';
import { ticketResource } from '../resource.ts';
import { Ticket, TicketId } from '../ticket.ts';
import { setAttendee as set } from '../transitions.ts';

const { name, email, answers } = AttendeeInput.shape;

export const setAttendee = write({
  name: 'tickets.setAttendee',
  summary:
    'Says who comes with a ticket, until it is void or used. What is left out stays; the code stays too.',
  input: z.strictObject({
    ticketId: TicketId,
    name: name.nullable(),
    email: email.nullable(),
    answers: answers.meta({
      description:
        'All answers of the attendee, by the keys of the questions; left out, they stay.',
    }),
  }),
  output: Ticket,
  refusals: [ticketVoid, ticketCheckedIn, answersNotValid],
  allow: anyOf(holderOfTicket, membersOfTicket('sell')),
  run: async (context, { ticketId, ...given }) => {
    const { tx, emit } = context;
    const [was] = await tx.tickets.tickets.findForUpdate([ticketId]);
    if (was === undefined) return notFound({ kind: 'ticket', id: ticketId });
    const answered = await answersOfTicket(context, was, given.answers);
    const next = set(was, { ...given, answers: isRefusal(answered) ? undefined : answered });
    if (isRefusal(next)) return next;
    if (isRefusal(answered)) return answered;
    await tx.tickets.tickets.save(next, was);
    const changed = ticketResource(next);
    const { organizerId, eventId } = next;
    emit({
      type: 'ticket.attendee_changed',
      organizerId,
      eventId,
      subject: ticketId,
      data: changed,
    });
    return changed;
  },
});
