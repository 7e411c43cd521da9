import * as z from 'zod';
import { notFound, Role, write } from '../../kernel/index.ts';
import { members, namedOrganizer } from '../access.ts';
import { Member, type MemberRecord, OrganizerId } from '../organizer.ts';
import { alreadyMember } from '../refusals.ts';
import { memberResource } from '../resource.ts';

export const addMember = write({
  name: 'members.add',
  summary: 'Gives a user a role at an organizer.',
  input: z.strictObject({
    organizerId: OrganizerId,
    userId: z.string().trim().min(1).max(200),
    role: Role,
  }),
  output: Member,
  refusals: [alreadyMember],
  allow: members('manage_members', namedOrganizer),
  run: async ({ tx, ids, now, emit }, { organizerId, userId, role }) => {
    // The organizer's row is the lock under which its members change.
    const [organizer] = await tx.organizers.organizers.findForUpdate([organizerId]);
    if (organizer === undefined) return notFound({ kind: 'organizer', id: organizerId });
    const before = await tx.organizers.members.findByUser(organizerId, userId);
    if (before !== undefined) return alreadyMember({ userId, role: before.role });

    const member: MemberRecord = {
      id: ids.next('mbr'),
      organizerId,
      userId,
      role,
      createdAt: now,
      revision: 1,
    };
    await tx.organizers.members.insert([member]);
    const added = memberResource(member);
    emit({ type: 'member.added', organizerId, eventId: null, subject: member.id, data: added });
    return added;
  },
});
