import * as z from 'zod';
import { EventId, maySee } from '../../events/index.ts';
import { everyone, notFound, read } from '../../kernel/index.ts';
import { questionsOf } from '../kept-questions.ts';
import { Question, questionResource } from '../question.ts';

export const listQuestions = read({
  name: 'questions.list',
  summary: 'What an event asks of its buyers and attendees, in order.',
  input: z.strictObject({ eventId: EventId }),
  output: z.object({ items: z.array(Question) }).meta({ id: 'QuestionList' }),
  allow: everyone,
  run: async (context, { eventId }) => {
    const event = await context.tx.events.events.find(eventId);
    if (event === undefined || !(await maySee(context, event))) {
      return notFound({ kind: 'event', id: eventId });
    }
    return { items: (await questionsOf(context, event)).map(questionResource) };
  },
});
