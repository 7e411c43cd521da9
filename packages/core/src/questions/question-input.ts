import * as z from 'zod';
import { EventId } from '../events/index.ts';
import { QuestionKey, type QuestionType, questionTerms } from './question.ts';

const BOUNDED: ReadonlySet<QuestionType> = new Set(['text', 'long_text', 'number', 'choices']);

/** A question as it is set: all of it, by its key. */
export const SetQuestion = z
  .strictObject({
    eventId: EventId,
    key: QuestionKey,
    label: questionTerms.label,
    type: questionTerms.type.default('text'),
    asked: questionTerms.asked.default('ticket'),
    required: questionTerms.required.default(false),
    collect: questionTerms.collect.default('at_order'),
    options: questionTerms.options.default(null),
    min: questionTerms.min.default(null),
    max: questionTerms.max.default(null),
    ticketTypeIds: questionTerms.ticketTypeIds.default(null),
    position: questionTerms.position.default(0),
  })
  .superRefine(({ type, asked, collect, options, min, max }, { addIssue }) => {
    const say = (path: string, message: string) =>
      addIssue({ code: 'custom', path: [path], message });
    const chooses = type === 'choice' || type === 'choices';
    if (chooses && (options ?? []).length === 0) say('options', 'Name what can be chosen.');
    if (!chooses && options !== null) say('options', 'Only a choice has options.');
    if (options !== null && new Set(options).size < options.length) {
      say('options', 'Two options are the same.');
    }
    if (!BOUNDED.has(type)) {
      if (min !== null) say('min', `A ${type} has no bounds.`);
      if (max !== null) say('max', `A ${type} has no bounds.`);
    }
    if (type !== 'number' && (min ?? 0) < 0) say('min', 'So few there cannot be.');
    if (min !== null && max !== null && max < min) say('max', '`max` is not below `min`.');
    if (type === 'choices' && (min ?? 0) > (options ?? []).length) {
      say('min', 'There are not so many options.');
    }
    if (asked === 'order' && collect === 'later') {
      say('collect', 'Only attendees may answer later.');
    }
  });
