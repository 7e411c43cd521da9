import * as z from 'zod';
import { idOf } from '../kernel/index.ts';

export const QuestionId = idOf('qst');

/** What stands for a question in answers; it stays when the label changes. */
export const QuestionKey = z
  .string()
  .regex(/^[a-z][a-z0-9_]{0,39}$/, {
    error: 'A key has up to 40 small letters, digits and underscores, and begins with a letter.',
  })
  .meta({ description: 'What stands for it in answers.', examples: ['shirt_size'] });

export const QuestionType = z
  .enum([
    'text',
    'long_text',
    'number',
    'boolean',
    'choice',
    'choices',
    'date',
    'email',
    'phone',
    'country',
  ])
  .meta({
    id: 'QuestionType',
    description:
      'What an answer is: `choice` one of the options, `choices` several, `date` as 2027-07-10, `phone` in E.164, `country` as ISO 3166 (DE).',
  });
export type QuestionType = z.output<typeof QuestionType>;

/** An answer as it may be given: what its question asks for. */
export const AnswerValue = z.union([
  z.string().max(10_000),
  z.number(),
  z.boolean(),
  z.array(z.string().max(200)).max(200),
]);
export type AnswerValue = z.output<typeof AnswerValue>;

/** Answers by the keys of their questions. */
export const Answers = z
  .record(z.string().min(1).max(40), AnswerValue)
  .meta({ description: 'Answers by the keys of the event’s questions.' });
export type Answers = z.output<typeof Answers>;

/** An answer as it is kept. It says what was asked, so it outlives its question. */
export const Answer = z
  .object({ key: z.string(), label: z.string(), value: AnswerValue })
  .meta({ id: 'Answer', description: 'An answer with what was asked when it was given.' });
export type Answer = z.output<typeof Answer>;

export const questionTerms = {
  label: z.string().trim().min(1).max(300).meta({ description: 'What the buyer reads.' }),
  type: QuestionType,
  asked: z.enum(['order', 'ticket']).meta({
    description: 'Whether it is asked once of the buyer, or of each attendee.',
  }),
  required: z.boolean().meta({ description: 'Whether it has to be answered.' }),
  collect: z.enum(['at_order', 'later']).meta({
    description:
      'When a required answer has to be there: with the order, or with `tickets.setAttendee` at last.',
  }),
  options: z
    .array(z.string().trim().min(1).max(200))
    .max(200)
    .nullable()
    .meta({ description: 'What a `choice` or `choices` is made of.' }),
  min: z.int().nullable().meta({
    description:
      'The smallest number, the fewest characters of a text, or the fewest `choices`; null: any.',
  }),
  max: z.int().nullable().meta({
    description:
      'The largest number, the most characters of a text, or the most `choices`; null: any.',
  }),
  ticketTypeIds: z.array(idOf('typ')).min(1).max(200).nullable().meta({
    description: 'Whose tickets it is about; null: all. Asked once, of orders with one of these.',
  }),
  position: z
    .int()
    .min(0)
    .max(10_000)
    .meta({ description: 'Questions are asked in ascending order.' }),
};

export const Question = z
  .object({ id: QuestionId, eventId: idOf('evt'), key: z.string(), ...questionTerms })
  .meta({ id: 'Question', description: 'What an event asks of its buyers or attendees.' });
export type Question = z.output<typeof Question>;

export interface QuestionRecord {
  readonly id: string;
  readonly organizerId: string;
  readonly eventId: string;
  readonly key: string;
  readonly label: string;
  readonly type: QuestionType;
  readonly asked: 'order' | 'ticket';
  readonly required: boolean;
  readonly collect: 'at_order' | 'later';
  readonly options: readonly string[] | null;
  readonly min: number | null;
  readonly max: number | null;
  readonly ticketTypeIds: readonly string[] | null;
  readonly position: number;
  readonly revision: number;
}

export function questionResource(question: QuestionRecord): Question {
  const { organizerId: _organizerId, revision: _revision, ...shown } = question;
  const { options, ticketTypeIds } = question;
  return {
    ...shown,
    options: options === null ? null : [...options],
    ticketTypeIds: ticketTypeIds === null ? null : [...ticketTypeIds],
  };
}
