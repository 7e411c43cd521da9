import type { Secrets } from '../kernel/index.ts';

/** Who buys, as far as they have said: a user, else the address they gave. */
export interface BuyerIdentity {
  readonly userId: string | null;
  readonly email: string | null;
}

/**
 * The buyer of an event as limits know them: a keyed digest of the user's id or,
 * for a guest, of the normalised address. Another one at every event, so that
 * nobody can be followed by it. Null: a guest who has not said who they are.
 */
export function buyerKeyOf(
  secrets: Pick<Secrets, 'lastingToken'>,
  eventId: string,
  { userId, email }: BuyerIdentity,
): string | null {
  if (userId === null && email === null) return null;
  const buyer = userId === null ? `email:${normalizeEmail(email ?? '')}` : `user:${userId}`;
  return secrets.lastingToken('buyer-limit', `${eventId}/${buyer}`);
}

/**
 * An address as limits compare it: lower case, trimmed, without the `+tag` of
 * the local part, which every reader of one mailbox can make up at will. Dots
 * stay: whether they mean anything is for the provider to say.
 */
export function normalizeEmail(email: string): string {
  const plain = email.trim().normalize('NFC').toLowerCase();
  const at = plain.lastIndexOf('@');
  if (at < 0) return plain;
  const tag = plain.slice(0, at).indexOf('+');
  return tag > 0 ? plain.slice(0, tag) + plain.slice(at) : plain;
}
