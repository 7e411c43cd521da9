import * as z from 'zod';
import { isRefusal, pageInput, pageOf, pageRequest, read, signedIn } from '../../kernel/index.ts';
import { Organizer } from '../organizer.ts';
import { organizerResource } from '../resource.ts';

export const listOrganizers = read({
  name: 'organizers.list',
  summary: 'The organizers that the caller is a member of, newest first.',
  input: z.strictObject({ ...pageInput }),
  output: pageOf(Organizer, 'OrganizerPage'),
  allow: signedIn,
  run: async ({ tx, actor }, input) => {
    const page = pageRequest(input);
    if (isRefusal(page)) return page;
    const filter =
      actor.type === 'user'
        ? { ids: (await tx.organizers.members.ofUser(actor.id)).map((own) => own.organizerId) }
        : {};
    const { items, nextCursor } = await tx.organizers.organizers.list(filter, page);
    return { items: items.map(organizerResource), nextCursor };
  },
});
