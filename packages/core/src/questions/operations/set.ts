import { catalogueChanged, membersOfEvent } from '../../events/index.ts';
import { notFound, write } from '../../kernel/index.ts';
import { strangerAmong, unknownTicketType } from '../../pricing/index.ts';
import { Question, type QuestionRecord, questionResource } from '../question.ts';
import { SetQuestion } from '../question-input.ts';

export const setQuestion = write({
  name: 'questions.set',
  summary:
    'Sets a question of an event, which its key names. Answers that were given stay as they are.',
  input: SetQuestion,
  output: Question,
  refusals: [unknownTicketType],
  allow: membersOfEvent('manage_events'),
  run: async (context, { eventId, ...terms }) => {
    const { tx, ids, emit } = context;
    const [event] = await tx.events.events.findForUpdate([eventId]);
    if (event === undefined) return notFound({ kind: 'event', id: eventId });
    const stranger = await strangerAmong(context, eventId, terms.ticketTypeIds);
    if (stranger !== undefined) return stranger;
    const { organizerId } = event;
    const was = (await tx.questions.questions.ofEvent(eventId)).find(
      ({ key }) => key === terms.key,
    );
    const question: QuestionRecord =
      was === undefined
        ? { ...terms, id: ids.next('qst'), organizerId, eventId, revision: 1 }
        : { ...was, ...terms };
    if (was === undefined) await tx.questions.questions.insert([question]);
    else await tx.questions.questions.save(question, was);
    await catalogueChanged(context, eventId);
    const set = questionResource(question);
    emit({ type: 'question.set', organizerId, eventId, subject: question.id, data: set });
    return set;
  },
});
