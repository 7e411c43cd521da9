import type { Secrets } from '../kernel/index.ts';
import { currentKeyOf, type SigningKeyRecord, signWith } from '../organizers/index.ts';
import { encodeTicketCode } from './code.ts';
import type { TicketRecord } from './ticket.ts';

/** The code of a ticket, and the key that it is under. */
export interface SignedCode {
  readonly code: string;
  readonly keyId: string;
}

/**
 * The code of a ticket, whose state the caller has looked at: under the key that
 * it was issued with or, when that one was revoked, the current one.
 *
 * @param keys all of the organizer
 */
export function signedCodeOf(
  ticket: TicketRecord,
  keys: readonly SigningKeyRecord[],
  secrets: Secrets,
): SignedCode {
  const own = keys.find(({ id }) => id === ticket.keyId);
  if (own === undefined) throw new Error(`Signing key ${ticket.keyId} is gone.`);
  const key = own.revokedAt === null ? own : currentKeyOf(keys);
  const { id, issue } = ticket;
  const code = encodeTicketCode({ id, issue, keyId: key.id }, (message) =>
    signWith(key, secrets, message),
  );
  return { code, keyId: key.id };
}
