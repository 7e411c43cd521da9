import type { ReadContext } from '../kernel/index.ts';
import { mayAt, members, type Permission } from '../organizers/index.ts';
import type { EventRecord } from './event.ts';

/** Members who have the permission at the organizer of the event that the input names. */
export function membersOfEvent(permission: Permission) {
  return members(permission, organizerOfEvent);
}

/** The organizer of the event that an input names. */
async function organizerOfEvent(
  { tx }: ReadContext,
  { eventId }: { eventId: string },
): Promise<string | undefined> {
  return (await tx.events.events.find(eventId))?.organizerId;
}

/**
 * Whether the actor may know of the event: what was never published and private events are for
 * members; an unlisted one is for everybody who has its id.
 */
export async function maySee(
  context: Pick<ReadContext, 'tx' | 'actor'>,
  event: EventRecord,
): Promise<boolean> {
  if (event.publishedAt !== null && event.visibility !== 'private') return true;
  return mayAt(context, context.actor, event.organizerId, 'look_up');
}
