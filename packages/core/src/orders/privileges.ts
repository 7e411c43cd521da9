import type { Refusal, WriteContext } from '../kernel/index.ts';
import { mayAt, type Permission, rolesWith } from '../organizers/index.ts';
import type { PlaceOrder } from './place-input.ts';
import { membersOnly } from './refusals.ts';

/** Fields that a buyer may not give themselves, and what it takes to give them. */
function privilegesOf({ payment, channel, complimentary }: PlaceOrder): [string, Permission][] {
  return [
    ...(payment.termDays === undefined ? [] : [['payment.termDays', 'sell'] as const]),
    ...(payment.pastStart === undefined ? [] : [['payment.pastStart', 'sell'] as const]),
    ...(channel === 'online' ? [] : [['channel', 'sell'] as const]),
    ...(complimentary === undefined ? [] : [['complimentary', 'manage_events'] as const]),
  ].map(([field, permission]) => [field, permission]);
}

/** Refuses a field that is not the caller's to give; costs nothing where none is given. */
export async function beyondPrivileges(
  context: WriteContext,
  organizerId: string,
  input: PlaceOrder,
): Promise<Refusal<'members_only'> | undefined> {
  for (const [field, permission] of privilegesOf(input)) {
    if (await mayAt(context, context.actor, organizerId, permission)) continue;
    return membersOnly({ field, roles: [...rolesWith(permission)] });
  }
  return undefined;
}
