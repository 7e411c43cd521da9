import * as z from 'zod';
import { EventId, membersOfEvent } from '../../events/index.ts';
import { isRefusal, notFound, write } from '../../kernel/index.ts';
import { Code, Reserve } from '../code.ts';
import { CodeInputs, codeProblem, newCodeRefusals, newCodes } from '../new-code.ts';
import { codeResource } from '../resource.ts';

export const createCode = write({
  name: 'codes.create',
  summary:
    'Makes a code: a discount, a key to hidden ticket types, places set aside, or all of it.',
  input: z
    .strictObject({
      eventId: EventId,
      code: z
        .string()
        .trim()
        .min(1)
        .max(64)
        .regex(/^[\w.-]+$/u, { error: 'A code has letters, digits, and . _ - only.' }),
      ...CodeInputs,
      reserve: Reserve.nullable()
        .default(null)
        .meta({ description: 'Places of a type that are set aside for who has the code.' }),
    })
    .superRefine((input, { addIssue }) => {
      const problem = codeProblem(input);
      if (problem !== undefined) addIssue({ code: 'custom', ...problem });
    }),
  output: Code,
  refusals: [...newCodeRefusals],
  allow: membersOfEvent('manage_events'),
  run: async (context, { eventId, code: name, ...terms }) => {
    const { tx, emit } = context;
    const [event] = await tx.events.events.findForUpdate([eventId]);
    if (event === undefined) return notFound({ kind: 'event', id: eventId });
    const made = await newCodes(context, event, [name], { ...terms, batch: null });
    if (isRefusal(made)) return made;
    const [code] = made;
    if (code === undefined) throw new Error('No code was made.');
    const created = codeResource(code, event.currency, { maxUses: terms.maxUses, used: 0 });
    emit({
      type: 'code.created',
      organizerId: event.organizerId,
      eventId,
      subject: code.id,
      data: created,
    });
    return created;
  },
});
