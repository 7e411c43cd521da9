import * as z from 'zod';
import { anyOf, isRefusal, notFound, write } from '../../kernel/index.ts';
import { mayAt } from '../../organizers/index.ts';
import { answersNotValid } from '../../questions/index.ts';
import { termsOfTicket } from '../../transfers/index.ts';
import { holderOfTicket, membersOfTicket } from '../access.ts';
import { AttendeeInput } from '../attendee.ts';
import { answersOfTicket } from '../attendee-answers.ts';
import { nameChangeClosed, ticketCheckedIn, ticketVoid } from '../refusals.ts';
import { ticketResource } from '../resource.ts';
import { Ticket, TicketId } from '../ticket.ts';
import { obstacleToName, setAttendee as set } from '../transitions.ts';

const { name, email, answers } = AttendeeInput.shape;

export const setAttendee = write({
  name: 'tickets.setAttendee',
  summary:
    'Says who comes with a ticket, until it is void or used. What is left out stays; the code stays too. The policy of the event bounds how often, and until when, its holder changes the name.',
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
  refusals: [ticketVoid, ticketCheckedIn, nameChangeClosed, answersNotValid],
  allow: anyOf(holderOfTicket, membersOfTicket('sell')),
  run: async (context, { ticketId, ...given }) => {
    const { tx, emit } = context;
    const [was] = await tx.tickets.tickets.findForUpdate([ticketId]);
    if (was === undefined) return notFound({ kind: 'ticket', id: ticketId });
    const answered = await answersOfTicket(context, was, given.answers);
    const isMember = await mayAt(context, context.actor, was.organizerId, 'sell');
    const next = set(was, { ...given, answers: isRefusal(answered) ? undefined : answered });
    if (isRefusal(next)) return next;
    const closed = isMember
      ? undefined
      : obstacleToName(was, given.name, await termsOfTicket(context, was), context.now);
    if (closed !== undefined) return closed;
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
