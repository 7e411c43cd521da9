import type { Secrets } from '../kernel/index.ts';
import type { WaitlistOffer } from './offer.ts';

/**
 * The code of an offer: its id and a keyed digest of it. It is derived, so it is stored
 * nowhere; that it works once is written on the offer.
 */
function offerCode(secrets: Secrets, offerId: string): string {
  return `${offerId}.${secrets.token('waitlist-offer', offerId)}`;
}

/** The code of an offer for the message to who waited; null: it was used, or the offer no longer stands. */
export function codeToSend(
  secrets: Secrets,
  { id, state, claimedAt }: Pick<WaitlistOffer, 'id' | 'state' | 'claimedAt'>,
): string | null {
  return state === 'open' && claimedAt === null ? offerCode(secrets, id) : null;
}

/** The offer that a code is of; undefined when it is not genuine. */
export function offerOfCode(secrets: Secrets, code: string): string | undefined {
  const [offerId = '', digest = ''] = code.trim().split('.');
  return secrets.matches('waitlist-offer', offerId, digest) ? offerId : undefined;
}
