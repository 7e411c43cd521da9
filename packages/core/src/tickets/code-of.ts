import type { ReadContext } from '../kernel/index.ts';
import { signWith } from '../organizers/index.ts';
import { encodeTicketCode } from './code.ts';
import type { ValidTicket } from './ticket.ts';

/** The signed code of a valid ticket, and the key that signed it. It is stored nowhere. */
export async function codeOf(
  { tx, secrets }: Pick<ReadContext, 'tx' | 'secrets'>,
  ticket: ValidTicket,
): Promise<{ keyId: string; code: string }> {
  const keys = await tx.organizers.signingKeys.ofOrganizer(ticket.organizerId);
  const key = keys.find(({ id }) => id === ticket.keyId);
  if (key === undefined) throw new Error(`Signing key ${ticket.keyId} is gone.`);
  const code = encodeTicketCode(ticket, (message) => signWith(key, secrets, message));
  return { keyId: key.id, code };
}
