import * as z from 'zod';
import { notFound, write } from '../../kernel/index.ts';
import { members, namedOrganizer } from '../access.ts';
import { Organizer, OrganizerId } from '../organizer.ts';
import { organizerResource } from '../resource.ts';

export const updateOrganizer = write({
  name: 'organizers.update',
  summary: 'Changes the name of an organizer.',
  input: z.strictObject({ organizerId: OrganizerId, name: z.string().trim().min(1).max(200) }),
  output: Organizer,
  allow: members('manage_members', namedOrganizer),
  run: async ({ tx, emit }, { organizerId, name }) => {
    const [was] = await tx.organizers.organizers.findForUpdate([organizerId]);
    if (was === undefined) return notFound({ kind: 'organizer', id: organizerId });
    const next = { ...was, name };
    await tx.organizers.organizers.save(next, was);
    const updated = organizerResource(next);
    emit({
      type: 'organizer.updated',
      organizerId,
      eventId: null,
      subject: organizerId,
      data: updated,
    });
    return updated;
  },
});
