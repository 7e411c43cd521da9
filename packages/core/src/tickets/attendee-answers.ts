import type { Refusal, WriteContext } from '../kernel/index.ts';
import {
  type Answer,
  type AnswerProblem,
  type Answers,
  answersNotValid,
  checkAnswers,
  questionsOf,
} from '../questions/index.ts';
import type { TicketRecord } from './ticket.ts';

/**
 * The answers of a ticket's attendee after new ones were given: these, and those
 * to questions that are asked no longer. Undefined: none were given.
 */
export async function answersOfTicket(
  context: WriteContext,
  { eventId, ticketTypeId, attendee }: TicketRecord,
  given: Answers | undefined,
): Promise<Answer[] | undefined | Refusal<'answers_not_valid'>> {
  if (given === undefined) return undefined;
  const event = await context.tx.events.events.find(eventId);
  const questions = event === undefined ? [] : await questionsOf(context, event);
  const problems: AnswerProblem[] = [];
  const answers = checkAnswers(
    questions,
    given,
    { path: 'answers', of: 'ticket', ticketTypeIds: [ticketTypeId], demands: 'all' },
    problems,
  );
  if (problems.length > 0) return answersNotValid({ problems });
  const asked = new Set(questions.map(({ key }) => key));
  return [...(attendee?.answers ?? []).filter(({ key }) => !asked.has(key)), ...answers];
}
