import type { ReadContext } from '../kernel/index.ts';
import type { ResaleTerms } from './policy.ts';

/** An organizer who has set no policy has not allowed resale. */
const noResale: ResaleTerms = {
  allowed: false,
  cap: '100',
  floor: '0',
  feesIncluded: false,
  sellerFee: '0',
  buyerFee: '0',
  opensAt: null,
  closesAt: null,
};

/** The resale terms of an event as they stand now. */
export async function termsOf(
  { tx }: Pick<ReadContext, 'tx'>,
  eventId: string,
): Promise<ResaleTerms> {
  return (await tx.resale.policies.find(eventId))?.terms ?? noResale;
}
