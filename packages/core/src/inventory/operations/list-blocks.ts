import * as z from 'zod';
import { EventId, membersOfEvent } from '../../events/index.ts';
import { isRefusal, notFound, pageInput, pageOf, pageRequest, read } from '../../kernel/index.ts';
import { Block } from '../block.ts';
import { blockResource } from '../resource.ts';

export const listBlocks = read({
  name: 'blocks.list',
  summary: 'The blocks of an event, newest first.',
  input: z.strictObject({
    eventId: EventId,
    state: z.enum(['active', 'released']).optional(),
    ...pageInput,
  }),
  output: pageOf(Block, 'BlockPage'),
  allow: membersOfEvent('manage_events'),
  run: async ({ tx }, { eventId, state, ...input }) => {
    const page = pageRequest(input);
    if (isRefusal(page)) return page;
    if ((await tx.events.events.find(eventId)) === undefined) {
      return notFound({ kind: 'event', id: eventId });
    }
    const { items, nextCursor } = await tx.inventory.blocks.list({ eventId, state }, page);
    return { items: items.map(blockResource), nextCursor };
  },
});
