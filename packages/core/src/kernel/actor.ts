import * as z from 'zod';
import { TicketiError } from './errors.ts';

/** What a member may do, from most to least. */
export const Role = z
  .enum(['owner', 'manager', 'box_office', 'scanner', 'analyst'])
  .meta({ id: 'Role', description: 'What a member of an organizer may do.' });
export type Role = z.output<typeof Role>;

/**
 * Who is asking.
 * - `system`: trusted code in the same process; it may do everything.
 * - `user`: `id` is the host's own id of a person, opaque to Ticketi. `attributes`
 *   is what the host knows of them that prices may depend on, such as `member`.
 * - `api_key`: an organizer's key; `scopes` are permissions of roles
 *   (`manage_events`, `scan`) or `*`.
 * - `guest`: holds the access token that a hold made without an account got.
 * - `anonymous`: nobody in particular. A missing actor means this.
 */
export type Actor =
  | { type: 'system' }
  | { type: 'user'; id: string; email?: string; attributes?: readonly string[] }
  | { type: 'api_key'; id: string; organizerId: string; scopes: readonly string[] }
  | { type: 'guest'; token: string }
  | { type: 'anonymous' };

export const system: Actor = { type: 'system' };

/** The actor as text for audit rows; a guest's token is a secret and stays out. */
export function actorName(actor: Actor): string {
  switch (actor.type) {
    case 'system':
    case 'anonymous':
    case 'guest':
      return actor.type;
    case 'user':
      return `user:${actor.id}`;
    case 'api_key':
      return `api_key:${actor.id}`;
    default:
      return unreachable(actor);
  }
}

const LONGEST_ID = 200;

/** Refuses an actor whose id no database would keep: it comes from the host's own sign-in. */
export function checkActor(actor: Actor): void {
  const id = actor.type === 'user' || actor.type === 'api_key' ? actor.id : undefined;
  if (id === undefined) return;
  if (id !== '' && id.length <= LONGEST_ID && id.isWellFormed() && !id.includes('\0')) return;
  throw new TicketiError({
    code: 'invalid_actor',
    kind: 'invalid',
    message: `The id of a ${actor.type} has 1 to ${LONGEST_ID} characters of Unicode, without a NUL.`,
  });
}

/** Ends a switch over a union: the compiler proves that no case is missing. */
export function unreachable(value: never): never {
  throw new Error(`A case was not handled: ${JSON.stringify(value)}.`);
}
