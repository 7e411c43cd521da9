import type { HoldRecord } from '../inventory/index.ts';
import type { Instant } from '../kernel/index.ts';
import type { WaitlistEntry, WaitlistEntryRecord } from './entry.ts';
import { outcomeOf, type WaitlistOffer, type WaitlistOfferRecord } from './offer.ts';
import type { WaitlistPolicy, WaitlistTerms } from './policy.ts';

/** An offer and the hold that its places lie in. */
export interface HeldOffer {
  readonly offer: WaitlistOfferRecord;
  readonly hold: HoldRecord;
}

export function offerResource({ offer, hold }: HeldOffer, now: Instant): WaitlistOffer {
  return {
    id: offer.id,
    entryId: offer.entryId,
    eventId: offer.eventId,
    ticketTypeId: offer.ticketTypeId,
    quantity: offer.quantity,
    state: outcomeOf(offer, hold, now),
    expiresAt: hold.expiresAt,
    claimedAt: offer.claimedAt,
    holdId: offer.claimedAt === null ? null : offer.holdId,
    createdAt: offer.createdAt,
  };
}

/** An entry, with what its offer has come to, whether or not somebody has written that down. */
export function entryResource(
  entry: WaitlistEntryRecord,
  now: Instant,
  held?: HeldOffer,
  position: WaitlistEntry['position'] = null,
): WaitlistEntry {
  const isAccepted = held !== undefined && outcomeOf(held.offer, held.hold, now) === 'accepted';
  return {
    id: entry.id,
    eventId: entry.eventId,
    userId: entry.userId,
    name: entry.name,
    email: entry.email,
    ticketTypeIds: [...entry.ticketTypeIds],
    quantity: entry.quantity,
    minQuantity: entry.minQuantity,
    priority: entry.priority,
    state: entry.state === 'offered' && isAccepted ? 'accepted' : entry.state,
    endedFor: entry.endedFor,
    position,
    offer: held === undefined ? null : offerResource(held, now),
    joinedAt: entry.joinedAt,
    accessToken: null,
  };
}

export function policyResource(eventId: string, terms: WaitlistTerms): WaitlistPolicy {
  return { eventId, ...terms };
}
