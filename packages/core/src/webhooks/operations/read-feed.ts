import * as z from 'zod';
import { Instant, read, systemOnly } from '../../kernel/index.ts';
import { placeAt } from '../feed.ts';
import { FeedEvent } from '../feed-event.ts';
import { letterOf } from '../letter.ts';

export const readFeed = read({
  name: 'outbox.read',
  summary: 'Numbered facts of all organizers in the order in which they were numbered.',
  input: z.strictObject({
    after: z.union([z.int().min(0), Instant, z.literal('now')]).meta({
      description: 'The sequence after which to read, an instant, or `now`: the end.',
      examples: [0],
    }),
    limit: z.int().min(1).max(1000).default(200),
  }),
  output: z
    .object({
      position: z.int().meta({ description: 'The sequence to read after next time.' }),
      events: z.array(FeedEvent),
    })
    .meta({ id: 'OutboxFeed' }),
  allow: systemOnly,
  run: async ({ tx }, { after, limit }) => {
    const from = typeof after === 'number' ? after : await placeAt(tx, after);
    const entries = await tx.outbox.after(from, limit);
    return {
      position: entries.at(-1)?.sequence ?? from,
      events: entries.map((entry) => ({ ...letterOf(entry), data: { ...entry.data } })),
    };
  },
});
