import * as z from 'zod';
import { notFound, read, systemOnly } from '../../kernel/index.ts';
import { codeToSend } from '../code.ts';
import { WaitlistEntry } from '../entry.ts';
import { OfferId, WaitlistOffer } from '../offer.ts';
import { entryResource, offerResource } from '../resource.ts';

export const getOffer = read({
  name: 'waitlist.getOffer',
  summary:
    'An offer with the code that claims it, for the message that the host sends when it hears `waitlist.offered`.',
  input: z.strictObject({ offerId: OfferId }),
  output: WaitlistOffer.extend({
    entry: WaitlistEntry,
    code: z.string().nullable().meta({
      description: 'What claims it, once; null when it was used, or the offer no longer stands.',
    }),
  }).meta({ id: 'WaitlistOfferToSend' }),
  allow: systemOnly,
  present: ({ secrets }, offer) => ({ ...offer, code: codeToSend(secrets, offer) }),
  run: async ({ tx, now }, { offerId }) => {
    const offer = await tx.waitlist.offers.find(offerId);
    if (offer === undefined) return notFound({ kind: 'offer', id: offerId });
    const entry = await tx.waitlist.entries.find(offer.entryId);
    const hold = await tx.inventory.holds.find(offer.holdId);
    if (entry === undefined || hold === undefined) throw new Error(`${offerId} is of nobody.`);
    return { ...offerResource({ offer, hold }, now), entry: entryResource(entry, now), code: null };
  },
});
