import { checkValue } from './check-value.ts';
import type { Answer, Answers, QuestionRecord } from './question.ts';
import type { AnswerProblem } from './refusals.ts';

/** Whose answers are checked, and where they stand in the input. */
export interface Asked {
  readonly path: string;
  /** Whether the order is asked, or a ticket. */
  readonly of: QuestionRecord['asked'];
  /** The types that it is about: those of the order, or the one of the ticket. */
  readonly ticketTypeIds: readonly string[];
  /** What of the required has to be there: nothing, what was due with the order, or all. */
  readonly demands: 'nothing' | 'at_order' | 'all';
}

/** Answers in the order of their questions; all that is wrong with them is added to `problems`. */
export function checkAnswers(
  questions: readonly QuestionRecord[],
  given: Answers,
  asked: Asked,
  problems: AnswerProblem[],
): Answer[] {
  const answers: Answer[] = [];
  const rest = new Map(Object.entries(given));
  for (const question of questions) {
    const { key, label } = question;
    const path = `${asked.path}.${key}`;
    const value = rest.get(key);
    rest.delete(key);
    if (!isAbout(question, asked)) {
      if (value !== undefined) {
        problems.push({ path, code: 'not_asked', message: 'It is not asked here.' });
      }
      continue;
    }
    const checked = value === undefined ? undefined : checkValue(question, value);
    if (checked === undefined) {
      if (isDemanded(question, asked)) {
        problems.push({ path, code: 'required', message: 'It has to be answered.' });
      }
    } else if ('code' in checked) problems.push({ path, ...checked });
    else answers.push({ key, label, value: checked.value });
  }
  for (const key of rest.keys()) {
    const path = `${asked.path}.${key}`;
    problems.push({ path, code: 'unknown_question', message: 'There is no such question.' });
  }
  return answers;
}

/** Whether a question is asked of this order or ticket. */
function isAbout({ asked, ticketTypeIds }: QuestionRecord, { of, ...its }: Asked): boolean {
  if (asked !== of) return false;
  return ticketTypeIds === null || ticketTypeIds.some((id) => its.ticketTypeIds.includes(id));
}

function isDemanded({ required, collect }: QuestionRecord, { demands }: Asked): boolean {
  return required && (demands === 'all' || (demands === 'at_order' && collect === 'at_order'));
}
