import * as z from 'zod';
import { refusal } from '../kernel/index.ts';

/** What is wrong with one answer, and where. What was answered is not in it. */
const AnswerProblem = z.object({
  path: z.string().meta({ examples: ['attendees.1.answers.shirt_size'] }),
  code: z.enum([
    'required',
    'unknown_question',
    'not_asked',
    'wrong_type',
    'not_an_option',
    'too_small',
    'too_large',
    'too_short',
    'too_long',
    'too_few',
    'too_many',
    'not_valid',
    'too_many_attendees',
  ]),
  message: z.string(),
});
export type AnswerProblem = z.output<typeof AnswerProblem>;

export const answersNotValid = refusal('answers_not_valid', {
  kind: 'invalid',
  meaning: 'Answers are missing or are not what the event asks for; all of it is listed.',
  details: z.object({ problems: z.array(AnswerProblem) }),
  hint: 'Mend each of the problems; `questions.list` says what is asked.',
  message: ({ problems }) =>
    `The answers are not complete: ${problems.map(({ path, message }) => `${path}: ${message}`).join(' ')}`,
});
