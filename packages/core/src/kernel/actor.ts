import * as z from 'zod';

/** What a member may do, from most to least. */
export const Role = z
  .enum(['owner', 'manager', 'box_office', 'scanner', 'analyst'])
  .meta({ id: 'Role', description: 'What a member of an organizer may do.' });
export type Role = z.output<typeof Role>;

/**
 * Who is asking.
 * - `system`: trusted code in the same process; it may do everything.
 * - `user`: `id` is the host's own id of a person, opaque to Ticketi.
 * - `api_key`: an organizer's key; `scopes` are permissions of roles
 *   (`manage_events`, `scan`) or `*`.
 * - `guest`: holds the access token that a hold made without an account got.
 * - `anonymous`: nobody in particular. A missing actor means this.
 */
export type Actor =
  | { type: 'system' }
  | { type: 'user'; id: string; email?: string }
  | { type: 'api_key'; id: string; organizerId: string; scopes: readonly string[] }
  | { type: 'guest'; token: string }
  | { type: 'anonymous' };

export const system: Actor = { type: 'system' };
export const anonymous: Actor = { type: 'anonymous' };

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

/** Ends a switch over a union: the compiler proves that no case is missing. */
export function unreachable(value: never): never {
  throw new Error(`A case was not handled: ${JSON.stringify(value)}.`);
}
