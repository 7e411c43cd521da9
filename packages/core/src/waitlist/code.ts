import type { Secrets } from '../kernel/index.ts';

/**
 * The code of an offer: its id and a keyed digest of it. It is derived, so it is stored
 * nowhere; that it works once is written on the offer.
 */
export function offerCode(secrets: Secrets, offerId: string): string {
  return `${offerId}.${secrets.token('waitlist-offer', offerId)}`;
}

/** The offer that a code is of; undefined when it is not genuine. */
export function offerOfCode(secrets: Secrets, code: string): string | undefined {
  const [offerId = '', digest = ''] = code.trim().split('.');
  return secrets.matches('waitlist-offer', offerId, digest) ? offerId : undefined;
}
