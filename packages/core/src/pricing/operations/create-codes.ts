import * as z from 'zod';
import { EventId, membersOfEvent } from '../../events/index.ts';
import { base32Text, isRefusal, notFound, write } from '../../kernel/index.ts';
import { CodeInputs, codeProblem, newCodeRefusals, newCodes } from '../new-code.ts';
import { batchExists } from '../refusals.ts';

export const createCodes = write({
  name: 'codes.createMany',
  summary: 'Makes a lot of codes that nobody can guess, all with the same terms.',
  input: z
    .strictObject({
      eventId: EventId,
      batch: z.string().trim().min(1).max(100).meta({ description: 'A name for the lot.' }),
      count: z.int().min(1).max(10_000),
      prefix: z
        .string()
        .max(20)
        .regex(/^[\w.-]*$/u, { error: 'A prefix has letters, digits, and . _ - only.' })
        .default(''),
      length: z.int().min(8).max(32).default(12).meta({
        description: 'Random characters after the prefix, 5 bits each: 12 are 60 bits.',
      }),
      ...CodeInputs,
    })
    .superRefine((input, { addIssue }) => {
      const problem = codeProblem(input);
      if (problem !== undefined) addIssue({ code: 'custom', ...problem });
    }),
  output: z
    .object({ batch: z.string(), codes: z.array(z.string()) })
    .meta({ id: 'CodeBatch', description: 'A lot of codes that were just made.' }),
  refusals: [batchExists, ...newCodeRefusals],
  allow: membersOfEvent('manage_events'),
  run: async (context, { eventId, batch, count, prefix, length, ...terms }) => {
    const { tx, secrets, emit } = context;
    const [event] = await tx.events.events.findForUpdate([eventId]);
    if (event === undefined) return notFound({ kind: 'event', id: eventId });
    const before = await tx.pricing.codes.list({ eventId, batch }, { limit: 1, after: undefined });
    if (before.items.length > 0) return batchExists({ batch });
    const names = new Set<string>();
    while (names.size < count) {
      names.add(prefix + base32Text(secrets.random(length)).slice(0, length));
    }
    const made = await newCodes(context, event, [...names], { ...terms, reserve: null, batch });
    if (isRefusal(made)) return made;
    emit({
      type: 'codes.created',
      organizerId: event.organizerId,
      eventId,
      subject: eventId,
      data: { batch, count },
    });
    return { batch, codes: made.map(({ code }) => code) };
  },
});
