import type { EventRecord } from '../events/index.ts';
import type { Refusal, WriteContext } from '../kernel/index.ts';
import type { Quote } from '../pricing/index.ts';
import {
  type AnswerProblem,
  type Answers,
  answersNotValid,
  checkAnswers,
  questionsOf,
} from '../questions/index.ts';
import { type AttendeeInput, ticketTypesOf } from '../tickets/index.ts';
import type { OrderRecord } from './order.ts';

/** What a buyer says of themselves and of who comes. */
interface Given {
  readonly answers?: Answers | undefined;
  readonly attendees?: readonly AttendeeInput[] | undefined;
}

/** The same as it is kept with the order; null: nothing was said. */
type Said = Pick<OrderRecord, 'answers' | 'attendees'>;

/**
 * Answers and attendees of an order, checked against the event's questions with
 * all that is wrong with them at once. Of a resale nothing is demanded: what is
 * missing is asked of the next holder, who may say it later.
 */
export async function whatIsSaid(
  context: WriteContext,
  event: EventRecord,
  { quote, isResale }: { readonly quote: Quote; readonly isResale: boolean },
  { answers, attendees }: Given,
): Promise<Said | Refusal<'answers_not_valid'>> {
  const questions = await questionsOf(context, event);
  if (questions.length === 0 && answers === undefined && attendees === undefined) {
    return { answers: null, attendees: null };
  }
  const demands = isResale ? 'nothing' : 'at_order';
  const types = ticketTypesOf(quote);
  const problems: AnswerProblem[] = [];
  if ((attendees ?? []).length > types.length) {
    const message = `The order has ${types.length} tickets.`;
    problems.push({ path: 'attendees', code: 'too_many_attendees', message });
  }
  const ofOrder = checkAnswers(
    questions,
    answers ?? {},
    {
      path: 'answers',
      of: 'order',
      ticketTypeIds: [...types, ...quote.lines.map(({ ticketTypeId }) => ticketTypeId)],
      demands,
    },
    problems,
  );
  const ofTickets = types.map((ticketTypeId, at) => {
    const { name, email, answers: own } = attendees?.[at] ?? {};
    const path = `attendees.${at}.answers`;
    const asked = { path, of: 'ticket', ticketTypeIds: [ticketTypeId], demands } as const;
    const checked = checkAnswers(questions, own ?? {}, asked, problems);
    return { name: name ?? null, email: email ?? null, answers: checked };
  });
  if (problems.length > 0) return answersNotValid({ problems });
  return {
    answers: ofOrder.length === 0 ? null : ofOrder,
    attendees: attendees === undefined ? null : ofTickets.slice(0, attendees.length),
  };
}
