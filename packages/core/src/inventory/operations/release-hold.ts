import * as z from 'zod';
import { anyOf, isRefusal, notFound, write } from '../../kernel/index.ts';
import { members } from '../../organizers/index.ts';
import { withoutTrace } from '../../pricing/index.ts';
import { organizerOfHold, owner, ownerOfHold } from '../access.ts';
import { Hold, HoldId } from '../hold.ts';
import { holdNotActive } from '../refusals.ts';
import { holdResource } from '../resource.ts';
import { releaseHold as release } from '../transitions.ts';

export const releaseHold = write({
  name: 'holds.release',
  summary: 'Gives the places of a hold back before it expires.',
  input: z.strictObject({ holdId: HoldId }),
  output: Hold,
  refusals: [holdNotActive],
  allow: anyOf(owner(ownerOfHold), members('sell', organizerOfHold)),
  run: async ({ tx, now, emit }, { holdId }) => {
    const [was] = await tx.inventory.holds.findForUpdate([holdId]);
    if (was === undefined) return notFound({ kind: 'hold', id: holdId });
    const next = release(was);
    if (isRefusal(next)) return next;
    await tx.inventory.holds.save(next, was);
    await tx.inventory.release(was.eventId, [holdId], now);
    const released = holdResource(next, now);
    emit({
      type: 'hold.released',
      organizerId: was.organizerId,
      eventId: was.eventId,
      subject: holdId,
      data: withoutTrace(released),
    });
    return released;
  },
});
