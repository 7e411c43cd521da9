import { endHold, type HoldRecord, holdResource } from '../inventory/index.ts';
import { isRefusal, type WriteContext } from '../kernel/index.ts';
import { withoutTrace } from '../pricing/index.ts';
import { type WaitlistEntryRecord, wishesOf } from './entry.ts';
import { tellOffer } from './follow.ts';
import { outcomeOf, type WaitlistOfferRecord } from './offer.ts';
import type { WaitlistTerms } from './policy.ts';
import { acceptEntry, missEntry } from './transitions.ts';

/**
 * Writes down what became of offers whose hold was ordered, given back or has expired,
 * and what that makes of their entries. A hold that has expired is released as well:
 * from then on it cannot be ordered, whatever another server's clock says. The caller
 * has locked the event.
 */
export async function settleOffers(
  context: WriteContext,
  offers: readonly WaitlistOfferRecord[],
  terms: WaitlistTerms,
): Promise<number> {
  const { tx, now } = context;
  if (offers.length === 0) return 0;
  const holds = await tx.inventory.holds.findForUpdate(offers.map(({ holdId }) => holdId));
  const entries = await tx.waitlist.entries.findForUpdate(offers.map(({ entryId }) => entryId));
  let settled = 0;
  for (const offer of await tx.waitlist.offers.findForUpdate(offers.map(({ id }) => id))) {
    const hold = holds.find(({ id }) => id === offer.holdId);
    const entry = entries.find(({ id }) => id === offer.entryId);
    const state = outcomeOf(offer, hold, now);
    if (hold === undefined || entry === undefined) throw new Error(`${offer.id} is of nobody.`);
    if (offer.state !== 'open' || state === 'open') continue;
    if (state === 'expired') await giveBack(context, hold);
    await closeOffer(context, { offer, hold }, { state, entry, terms });
    settled += 1;
  }
  return settled;
}

/** Closes an offer, with what that makes of its entry. Its hold is ordered, or given back. */
export async function closeOffer(
  context: WriteContext,
  { offer, hold }: { readonly offer: WaitlistOfferRecord; readonly hold: HoldRecord },
  {
    state,
    entry,
    terms,
  }: {
    readonly state: WaitlistOfferRecord['state'];
    readonly entry: WaitlistEntryRecord;
    readonly terms: WaitlistTerms;
  },
): Promise<WaitlistEntryRecord> {
  const { tx, now } = context;
  const closed = { ...offer, state };
  await tx.waitlist.offers.save(closed, offer);
  const isAccepted = state === 'accepted';
  const next = isAccepted ? acceptEntry(entry) : missEntry(entry, terms, now);
  await tx.waitlist.entries.save(next, entry);
  if (next.state === 'waiting') await tx.waitlist.wishes.insert(wishesOf(next));
  const held = { offer: closed, hold };
  tellOffer(context, isAccepted ? 'waitlist.accepted' : 'waitlist.passed_on', held, next);
  return next;
}

/** Gives the places of an offer's hold back, when it is still active. */
export async function giveBack(context: WriteContext, hold: HoldRecord): Promise<void> {
  const { tx, now, emit } = context;
  const { organizerId, eventId, id: subject } = hold;
  const released = endHold(hold);
  if (isRefusal(released)) return;
  await tx.inventory.holds.save(released, hold);
  await tx.inventory.release(eventId, [subject], now);
  const data = withoutTrace(holdResource(released, now));
  emit({ type: 'hold.released', organizerId, eventId, subject, data });
}
