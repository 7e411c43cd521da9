import type * as z from 'zod';
import type { Member, MemberRecord, Organizer, OrganizerRecord } from './organizer.ts';

export function organizerResource({
  id,
  name,
  createdAt,
}: OrganizerRecord): z.output<typeof Organizer> {
  return { id, name, createdAt };
}

export function memberResource({
  id,
  organizerId,
  userId,
  role,
  createdAt,
}: MemberRecord): z.output<typeof Member> {
  return { id, organizerId, userId, role, createdAt };
}
