import * as z from 'zod';
import { isRefusal, pageInput, pageOf, pageRequest, read } from '../../kernel/index.ts';
import { anyMember, namedOrganizer } from '../access.ts';
import { Member, OrganizerId } from '../organizer.ts';
import { memberResource } from '../resource.ts';

export const listMembers = read({
  name: 'members.list',
  summary: 'The members of an organizer, newest first.',
  input: z.strictObject({ organizerId: OrganizerId, ...pageInput }),
  output: pageOf(Member, 'MemberPage'),
  allow: anyMember(namedOrganizer),
  run: async ({ tx }, { organizerId, ...input }) => {
    const page = pageRequest(input);
    if (isRefusal(page)) return page;
    const { items, nextCursor } = await tx.organizers.members.list({ organizerId }, page);
    return { items: items.map(memberResource), nextCursor };
  },
});
