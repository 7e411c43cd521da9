import * as z from 'zod';
import { notFound, read } from '../../kernel/index.ts';
import { anyMember, namedOrganizer } from '../access.ts';
import { Organizer, OrganizerId } from '../organizer.ts';
import { organizerResource } from '../resource.ts';

export const getOrganizer = read({
  name: 'organizers.get',
  summary: 'One organizer.',
  input: z.strictObject({ organizerId: OrganizerId }),
  output: Organizer,
  allow: anyMember(namedOrganizer),
  run: async ({ tx }, { organizerId }) => {
    const organizer = await tx.organizers.organizers.find(organizerId);
    if (organizer === undefined) return notFound({ kind: 'organizer', id: organizerId });
    return organizerResource(organizer);
  },
});
