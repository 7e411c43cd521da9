import * as z from 'zod';
import { idOf, notFound, read, systemOnly } from '../../kernel/index.ts';
import { Locale } from '../../print/index.ts';
import { Letter } from '../mail/letter.ts';
import { lettersOf } from '../mail/letters.ts';
import { oneLine } from '../mail/writing.ts';

const Link = z.string().max(2000);

export const composeLetters = read({
  name: 'documents.letters',
  summary:
    'The letters that a fact makes somebody write, as it stands now. Codes and tokens are in them.',
  input: z.strictObject({
    factId: idOf('obx').meta({ description: 'An entry of the outbox.' }),
    locale: Locale.default('en'),
    orderLink: Link.regex(/\{orderId\}/, {
      error: 'Put {orderId} where the id of the order goes.',
    })
      .optional()
      .meta({
        description:
          'The address of an order in the host’s shop, with `{orderId}` and `{accessToken}`.',
        examples: ['https://tickets.example/orders/{orderId}#{accessToken}'],
      }),
    transferLink: Link.regex(/\{accessToken\}/, {
      error: 'Put {accessToken} where the token of the offer goes.',
    })
      .optional()
      .meta({
        description:
          'The address of tickets that are offered, and of those that were accepted, with `{transferId}` and `{accessToken}`.',
        examples: ['https://tickets.example/transfers/{transferId}#{accessToken}'],
      }),
    offerLink: Link.regex(/\{code\}/, { error: 'Put {code} where the code of the offer goes.' })
      .optional()
      .meta({
        description: 'The address where an offer of the waitlist is claimed, with `{code}`.',
        examples: ['https://tickets.example/offers#{code}'],
      }),
  }),
  output: z.object({ letters: z.array(Letter) }).meta({ id: 'Letters' }),
  allow: systemOnly,
  run: async ({ tx, secrets, now }, { factId, locale, ...links }) => {
    const fact = await tx.outbox.find(factId);
    if (fact === undefined) return notFound({ kind: 'fact', id: factId });
    const writing = { tx, secrets, now, locale, links };
    const { organizerId, eventId } = fact;
    const composed: Letter[] = [];
    for (const [kind, compose] of lettersOf(fact.type)) {
      const draft = await compose(writing, fact);
      if (draft === undefined) continue;
      // Names are what buyers wrote: one with a line break in it would be another header.
      const { name, email } = draft.to;
      const to = { name: name === null ? null : oneLine(name), email };
      composed.push({ id: `${factId}.${kind}`, kind, organizerId, eventId, ...draft, to });
    }
    return { letters: composed };
  },
});
