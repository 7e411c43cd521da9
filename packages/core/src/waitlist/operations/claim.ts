import * as z from 'zod';
import { Hold, holdResource } from '../../inventory/index.ts';
import { everyone, guestToken, notFound, write } from '../../kernel/index.ts';
import { offerOfCode } from '../code.ts';
import { tellOffer } from '../follow.ts';
import { outcomeOf } from '../offer.ts';
import { offerCodeNotValid, offerCodeUsed, offerNotOpen } from '../refusals.ts';

export const claimOffer = write({
  name: 'waitlist.claim',
  summary:
    'Trades the code of an offer, which works once, for the hold with its places: to be ordered before it expires.',
  input: z.strictObject({
    code: z.string().min(1).max(200).meta({ description: 'From the message with the offer.' }),
  }),
  output: Hold,
  refusals: [offerCodeNotValid, offerCodeUsed, offerNotOpen],
  allow: everyone,
  // Whoever had the code is the guest, however they have signed in since.
  present: ({ secrets }, hold) =>
    hold.userId === null ? { ...hold, accessToken: guestToken(secrets, hold.id) } : hold,
  run: async (context, { code }) => {
    const { tx, actor, now, secrets } = context;
    const offerId = offerOfCode(secrets, code);
    const seen = offerId === undefined ? undefined : await tx.waitlist.offers.find(offerId);
    if (seen === undefined) return offerCodeNotValid({});
    const entry = await tx.waitlist.entries.find(seen.entryId);
    if (entry === undefined) return offerCodeNotValid({});
    const isTheirs = entry.userId === null || (actor.type === 'user' && actor.id === entry.userId);
    if (!isTheirs && actor.type !== 'system') return offerCodeNotValid({});
    await tx.events.events.findForShare(seen.eventId);
    const hold = await tx.inventory.holds.find(seen.holdId);
    const [offer] = await tx.waitlist.offers.findForUpdate([seen.id]);
    if (hold === undefined || offer === undefined) return notFound({ kind: 'offer', id: seen.id });
    if (offer.claimedAt !== null) return offerCodeUsed({ claimedAt: offer.claimedAt });
    const state = outcomeOf(offer, hold, now);
    if (state !== 'open') return offerNotOpen({ state });
    const claimed = { ...offer, claimedAt: now };
    await tx.waitlist.offers.save(claimed, offer);
    tellOffer(context, 'waitlist.claimed', { offer: claimed, hold }, entry);
    return holdResource(hold, now);
  },
});
