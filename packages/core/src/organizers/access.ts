import type { Access, Actor, ReadContext } from '../kernel/index.ts';
import { type Permission, roleMay, rolesWith } from './roles.ts';

/** Finds the organizer that an input is about; undefined when there is no such record. */
export type OrganizerOf<Input> = (
  context: ReadContext,
  input: Input,
) => Promise<string | undefined>;

/**
 * Members of the organizer whose role has the permission, and its API keys whose
 * scopes name it. When the record does not exist the rule passes, and the
 * operation answers `not_found`.
 */
export function members<Input>(
  permission: Permission,
  organizerOf: OrganizerOf<Input>,
): Access<Input> {
  return {
    who: `members of the organizer with the role ${rolesWith(permission).join(' or ')}`,
    async check(context, input) {
      const { actor } = context;
      if (actor.type !== 'user' && actor.type !== 'api_key') return false;
      const organizerId = await organizerOf(context, input);
      return organizerId === undefined || mayAt(context, actor, organizerId, permission);
    },
  };
}

/** Whether the actor has the permission at the organizer. */
export async function mayAt(
  { tx }: Pick<ReadContext, 'tx'>,
  actor: Actor,
  organizerId: string,
  permission: Permission,
): Promise<boolean> {
  switch (actor.type) {
    case 'system':
      return true;
    case 'user': {
      const member = await tx.organizers.members.findByUser(organizerId, actor.id);
      return member !== undefined && roleMay(member.role, permission);
    }
    case 'api_key':
      return (
        actor.organizerId === organizerId &&
        (actor.scopes.includes('*') || actor.scopes.includes(permission))
      );
    default:
      return false;
  }
}

/** Members with any role, and the organizer's API keys. */
export function anyMember<Input>(organizerOf: OrganizerOf<Input>): Access<Input> {
  return {
    who: 'members of the organizer',
    async check(context, input) {
      const { actor, tx } = context;
      if (actor.type !== 'user' && actor.type !== 'api_key') return false;
      const organizerId = await organizerOf(context, input);
      if (organizerId === undefined) return true;
      if (actor.type === 'api_key') return actor.organizerId === organizerId;
      return (await tx.organizers.members.findByUser(organizerId, actor.id)) !== undefined;
    },
  };
}

/** The organizer that the input itself names. */
export async function namedOrganizer(
  _context: ReadContext,
  input: { organizerId: string },
): Promise<string> {
  return input.organizerId;
}
