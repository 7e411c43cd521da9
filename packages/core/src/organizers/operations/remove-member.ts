import * as z from 'zod';
import { idOf, notFound, write } from '../../kernel/index.ts';
import { members } from '../access.ts';
import { Member } from '../organizer.ts';
import { lastOwner } from '../refusals.ts';
import { memberResource } from '../resource.ts';

export const removeMember = write({
  name: 'members.remove',
  summary: 'Takes a member out of an organizer; the last owner stays.',
  input: z.strictObject({ memberId: idOf('mbr') }),
  output: Member,
  refusals: [lastOwner],
  allow: members(
    'manage_members',
    async ({ tx }, { memberId }: { memberId: string }) =>
      (await tx.organizers.members.find(memberId))?.organizerId,
  ),
  run: async ({ tx, emit }, { memberId }) => {
    const found = await tx.organizers.members.find(memberId);
    if (found === undefined) return notFound({ kind: 'member', id: memberId });
    // The organizer's row is the lock: two owners cannot remove each other at once.
    await tx.organizers.organizers.findForUpdate([found.organizerId]);
    const [member] = await tx.organizers.members.findForUpdate([memberId]);
    if (member === undefined) return notFound({ kind: 'member', id: memberId });
    const { organizerId } = member;
    if (member.role === 'owner' && (await tx.organizers.members.count(organizerId, 'owner')) <= 1) {
      return lastOwner({ organizerId });
    }
    await tx.organizers.members.remove([memberId]);
    const removed = memberResource(member);
    emit({ type: 'member.removed', organizerId, eventId: null, subject: memberId, data: removed });
    return removed;
  },
});
