import * as z from 'zod';
import { idOf, notFound, read, systemOnly } from '../../kernel/index.ts';
import { Locale } from '../../print/index.ts';
import { eventTypes } from '../../webhooks/index.ts';
import { Letter } from '../mail/letter.ts';
import { letters } from '../mail/letters.ts';

export const composeLetters = read({
  name: 'documents.letters',
  summary:
    'The letters that a fact makes somebody write, as it stands now. Codes and tokens are in them.',
  input: z.strictObject({
    factId: idOf('obx').meta({ description: 'An entry of the outbox.' }),
    locale: Locale.default('en'),
    orderLink: z
      .string()
      .max(2000)
      .regex(/\{orderId\}/, { error: 'Put {orderId} where the id of the order goes.' })
      .optional()
      .meta({
        description:
          'The address of an order in the host’s shop, with `{orderId}` and `{accessToken}`.',
        examples: ['https://tickets.example/orders/{orderId}#{accessToken}'],
      }),
  }),
  output: z.object({ letters: z.array(Letter) }).meta({ id: 'Letters' }),
  allow: systemOnly,
  run: async ({ tx, secrets, now }, { factId, locale, orderLink }) => {
    const fact = await tx.outbox.find(factId);
    if (fact === undefined) return notFound({ kind: 'fact', id: factId });
    const writing = { tx, secrets, now, locale, orderLink };
    const { organizerId, eventId } = fact;
    const composed: Letter[] = [];
    for (const compose of (isKnown(fact.type) && letters[fact.type]) || []) {
      const draft = await compose(writing, fact);
      if (draft === undefined) continue;
      composed.push({ id: `${factId}.${draft.kind}`, organizerId, eventId, ...draft });
    }
    return { letters: composed };
  },
});

/** An older version may have written what this one does not know. */
function isKnown(type: string): type is keyof typeof eventTypes {
  return Object.hasOwn(eventTypes, type);
}
