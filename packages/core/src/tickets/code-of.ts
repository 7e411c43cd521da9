import type { ReadContext } from '../kernel/index.ts';
import { doorRulesOf, ticketSecretOf } from './code-policy.ts';
import { STEP_SECONDS } from './rotating.ts';
import { type SignedCode, signedCodeOf } from './signing.ts';
import type { ValidTicket } from './ticket.ts';

type Context = Pick<ReadContext, 'tx' | 'secrets'>;

/** The code of a ticket as its holder shows it. */
export interface ShownCode extends SignedCode {
  /** Null: the code is shown as it is. Else doors admit only what is made of it with the secret. */
  readonly rotating: { readonly secret: string; readonly stepSeconds: number } | null;
}

/** The signed code of a valid ticket, the key that it is under, and whether it rotates. It is stored nowhere. */
export async function codeOf(context: Context, ticket: ValidTicket): Promise<ShownCode> {
  return (await codesOfEvent(context, ticket))(ticket);
}

/**
 * The same for any tickets of an event: what all of them go by is read once. 50 tickets took
 * 106 statements to print when each was asked for, and take 8.
 */
export async function codesOfEvent(
  context: Context,
  { organizerId, eventId }: Pick<ValidTicket, 'organizerId' | 'eventId'>,
): Promise<(ticket: ValidTicket) => ShownCode> {
  const { tx, secrets } = context;
  const [keys, { rotating, doorKey }] = await Promise.all([
    tx.organizers.signingKeys.ofOrganizer(organizerId),
    doorRulesOf(context, eventId),
  ]);
  return (ticket) => {
    const secret = Buffer.from(ticketSecretOf(doorKey, ticket)).toString('base64url');
    return {
      ...signedCodeOf(ticket, keys, secrets),
      rotating: rotating ? { secret, stepSeconds: STEP_SECONDS } : null,
    };
  };
}
