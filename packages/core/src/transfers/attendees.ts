import type { EventRecord } from '../events/index.ts';
import type { ReadContext, Refusal } from '../kernel/index.ts';
import {
  type AnswerProblem,
  answersNotValid,
  checkAnswers,
  questionsOf,
} from '../questions/index.ts';
import type { Attendee, AttendeeInput, TicketRecord } from '../tickets/index.ts';
import { type TransferTerms, termsOfType } from './policy.ts';

/**
 * Who comes with tickets that are accepted, in their order. The policy says whether
 * what is required of a ticket has to be answered now.
 */
export async function attendeesOf(
  context: ReadContext,
  event: EventRecord,
  terms: TransferTerms,
  tickets: readonly TicketRecord[],
  given: readonly AttendeeInput[],
): Promise<(Attendee | null)[] | Refusal<'answers_not_valid'>> {
  const questions = await questionsOf(context, event);
  const problems: AnswerProblem[] = [];
  const attendees = tickets.map(({ ticketTypeId }, at): Attendee | null => {
    const { answersRequired } = termsOfType(terms, ticketTypeId);
    const attendee = given[at];
    const answers = checkAnswers(
      questions,
      attendee?.answers ?? {},
      {
        path: `attendees.${at}.answers`,
        of: 'ticket',
        ticketTypeIds: [ticketTypeId],
        demands: answersRequired ? 'all' : 'nothing',
      },
      problems,
    );
    if (attendee === undefined) return null;
    return { name: attendee.name ?? null, email: attendee.email ?? null, answers };
  });
  return problems.length > 0 ? answersNotValid({ problems }) : attendees;
}
