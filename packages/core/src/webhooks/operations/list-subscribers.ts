import * as z from 'zod';
import { read, systemOnly } from '../../kernel/index.ts';

const PREFIX = 'subscriber:';

export const listSubscribers = read({
  name: 'outbox.subscribers',
  summary: 'Who reads the outbox under a name, and how far behind they are.',
  input: z.strictObject({}),
  output: z
    .object({
      items: z.array(
        z.object({
          name: z.string().meta({ description: '`webhooks`, or the name of a subscriber.' }),
          position: z.int().meta({ description: 'The sequence that it has come to.' }),
          behind: z.int().meta({ description: 'Numbered facts that it has not got yet.' }),
        }),
      ),
    })
    .meta({ id: 'Subscribers' }),
  allow: systemOnly,
  run: async ({ tx }) => {
    const { items } = await tx.outbox.cursors.list({}, { limit: 1000, after: undefined });
    const end = items.find(({ id }) => id === 'relay')?.position ?? 0;
    return {
      items: items
        .filter(({ id }) => id !== 'relay')
        .map(({ id, position }) => ({
          name: id.startsWith(PREFIX) ? id.slice(PREFIX.length) : id,
          position,
          behind: end - position,
        })),
    };
  },
});
