import * as z from 'zod';
import { catalogueChanged } from '../../events/index.ts';
import { notFound, write } from '../../kernel/index.ts';
import { members } from '../../organizers/index.ts';
import { Question, QuestionId, questionResource } from '../question.ts';

export const removeQuestion = write({
  name: 'questions.remove',
  summary: 'Asks a question no longer. Answers that were given stay with their orders and tickets.',
  input: z.strictObject({ questionId: QuestionId }),
  output: Question,
  allow: members(
    'manage_events',
    async ({ tx }, { questionId }: { questionId: string }) =>
      (await tx.questions.questions.find(questionId))?.organizerId,
  ),
  run: async (context, { questionId }) => {
    const { tx, emit } = context;
    const found = await tx.questions.questions.find(questionId);
    if (found === undefined) return notFound({ kind: 'question', id: questionId });
    await tx.events.events.findForUpdate([found.eventId]);
    const [was] = await tx.questions.questions.findForUpdate([questionId]);
    if (was === undefined) return notFound({ kind: 'question', id: questionId });
    const { organizerId, eventId } = was;
    await tx.questions.questions.remove([questionId]);
    await catalogueChanged(context, eventId);
    const removed = questionResource(was);
    emit({ type: 'question.removed', organizerId, eventId, subject: questionId, data: removed });
    return removed;
  },
});
