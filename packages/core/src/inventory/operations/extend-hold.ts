import * as z from 'zod';
import { anyOf, isRefusal, LostRace, notFound, plusMinutes, write } from '../../kernel/index.ts';
import { members } from '../../organizers/index.ts';
import { withoutTrace } from '../../pricing/index.ts';
import { organizerOfHold, owner, ownerOfHold } from '../access.ts';
import { isLive, wasLost } from '../counter.ts';
import { Hold, HoldId } from '../hold.ts';
import { holdAlreadyExtended, holdExpired, holdNotActive } from '../refusals.ts';
import { holdResource, withAccessToken } from '../resource.ts';
import { extendHold as extend } from '../transitions.ts';

export const extendHold = write({
  name: 'holds.extend',
  summary: 'Keeps a hold 5 minutes longer than it would have lasted, once.',
  input: z.strictObject({ holdId: HoldId }),
  output: Hold,
  refusals: [holdNotActive, holdExpired, holdAlreadyExtended],
  allow: anyOf(owner(ownerOfHold), members('sell', organizerOfHold)),
  present: (context, hold) => withAccessToken(context, hold, hold.id),
  run: async ({ tx, now, settings, emit }, { holdId }) => {
    const [was] = await tx.inventory.holds.findForUpdate([holdId]);
    if (was === undefined) return notFound({ kind: 'hold', id: holdId });
    const next = extend(was, plusMinutes(was.expiresAt, settings.extendMinutes), now);
    if (isRefusal(next)) return next;
    const { organizerId, eventId } = was;
    const claims = await tx.inventory.claimsOf(eventId, holdId);
    // Another server's clock is ahead of this one and took the places back.
    if (claims.some(wasLost)) return holdExpired({ holdId, expiredAt: was.expiresAt });
    const moved = await tx.inventory.moveExpiry(eventId, holdId, next.expiresAt, now);
    if (moved < claims.filter(isLive).length) {
      throw new LostRace(`Claims of ${holdId} were taken back meanwhile.`);
    }
    await tx.inventory.holds.save(next, was);
    const extended = holdResource(next, now);
    emit({
      type: 'hold.extended',
      organizerId,
      eventId,
      subject: holdId,
      data: withoutTrace(extended),
    });
    return extended;
  },
});
