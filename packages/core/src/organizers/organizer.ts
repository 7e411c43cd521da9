import * as z from 'zod';
import { Instant, idOf, Role } from '../kernel/index.ts';

export const OrganizerId = idOf('org');

/** Who owns events, keys and money. */
export const Organizer = z
  .object({ id: OrganizerId, name: z.string(), createdAt: Instant })
  .meta({ id: 'Organizer', description: 'Who owns events, signing keys and money.' });

export interface OrganizerRecord {
  readonly id: string;
  readonly name: string;
  readonly createdAt: string;
  readonly revision: number;
}

/** A person of the organizer with a role. `userId` is the host's own id. */
export const Member = z
  .object({
    id: idOf('mbr'),
    organizerId: OrganizerId,
    userId: z.string(),
    role: Role,
    createdAt: Instant,
  })
  .meta({ id: 'Member', description: 'A user with a role at an organizer.' });

export interface MemberRecord {
  readonly id: string;
  readonly organizerId: string;
  readonly userId: string;
  readonly role: Role;
  readonly createdAt: string;
  readonly revision: number;
}
