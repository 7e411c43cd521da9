export { checkAnswers } from './check.ts';
export { questionsOf } from './kept-questions.ts';
export { Answer, Answers, Question, type QuestionRecord } from './question.ts';
export { type AnswerProblem, answersNotValid } from './refusals.ts';
export type { QuestionReads, QuestionWrites } from './store.ts';
