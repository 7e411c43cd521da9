import * as z from 'zod';
import { EventId, membersOfEvent } from '../../events/index.ts';
import { standing } from '../../inventory/index.ts';
import { isRefusal, notFound, pageInput, pageOf, pageRequest, read } from '../../kernel/index.ts';
import { Code } from '../code.ts';
import { codeResource } from '../resource.ts';

export const listCodes = read({
  name: 'codes.list',
  summary: 'The promo codes of an event, newest first, with their uses.',
  input: z.strictObject({
    eventId: EventId,
    batch: z.string().min(1).max(100).optional().meta({ description: 'Only those of a lot.' }),
    ...pageInput,
  }),
  output: pageOf(Code, 'CodePage'),
  allow: membersOfEvent('look_up'),
  run: async (context, { eventId, batch, ...input }) => {
    const { tx } = context;
    const page = pageRequest(input);
    if (isRefusal(page)) return page;
    const event = await tx.events.events.find(eventId);
    if (event === undefined) return notFound({ kind: 'event', id: eventId });
    const { items, nextCursor } = await tx.pricing.codes.list({ eventId, batch }, page);
    const stand = await standing(
      context,
      eventId,
      items.map(({ id }) => id),
    );
    return {
      items: items.map((code) => {
        const counter = stand.counter(code.id);
        return codeResource(code, event.currency, {
          maxUses: counter?.capacity ?? null,
          used: (counter?.claimed ?? 0) - stand.lapsed(code.id),
        });
      }),
      nextCursor,
    };
  },
});
