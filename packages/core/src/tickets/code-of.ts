import type { ReadContext } from '../kernel/index.ts';
import { doorRulesOf, ticketSecretOf } from './code-policy.ts';
import { STEP_SECONDS } from './rotating.ts';
import { type SignedCode, signedCodeOf } from './signing.ts';
import type { ValidTicket } from './ticket.ts';

/** The code of a ticket as its holder shows it. */
export interface ShownCode extends SignedCode {
  /** Null: the code is shown as it is. Else doors admit only what is made of it with the secret. */
  readonly rotating: { readonly secret: string; readonly stepSeconds: number } | null;
}

/** The signed code of a valid ticket, the key that it is under, and whether it rotates. It is stored nowhere. */
export async function codeOf(
  context: Pick<ReadContext, 'tx' | 'secrets'>,
  ticket: ValidTicket,
): Promise<ShownCode> {
  const { tx, secrets } = context;
  const [keys, { rotating, doorKey }] = await Promise.all([
    tx.organizers.signingKeys.ofOrganizer(ticket.organizerId),
    doorRulesOf(context, ticket.eventId),
  ]);
  const secret = Buffer.from(ticketSecretOf(doorKey, ticket)).toString('base64url');
  return {
    ...signedCodeOf(ticket, keys, secrets),
    rotating: rotating ? { secret, stepSeconds: STEP_SECONDS } : null,
  };
}
