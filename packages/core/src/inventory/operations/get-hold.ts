import * as z from 'zod';
import { anyOf, notFound, read } from '../../kernel/index.ts';
import { members } from '../../organizers/index.ts';
import { organizerOfHold, owner, ownerOfHold } from '../access.ts';
import { Hold, HoldId } from '../hold.ts';
import { holdResource, withAccessToken } from '../resource.ts';

export const getHold = read({
  name: 'holds.get',
  summary: 'One hold, for its buyer and for members who sell.',
  input: z.strictObject({ holdId: HoldId }),
  output: Hold,
  allow: anyOf(owner(ownerOfHold), members('sell', organizerOfHold)),
  present: (context, hold) => withAccessToken(context, hold, hold.id),
  run: async ({ tx, now }, { holdId }) => {
    const hold = await tx.inventory.holds.find(holdId);
    if (hold === undefined) return notFound({ kind: 'hold', id: holdId });
    return holdResource(hold, now);
  },
});
