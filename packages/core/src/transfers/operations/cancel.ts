import * as z from 'zod';
import { anyOf, isRefusal, notFound, write } from '../../kernel/index.ts';
import { membersOfTransfer, offererOfTransfer } from '../access.ts';
import { saveClosed } from '../close.ts';
import { transferClosed } from '../refusals.ts';
import { transferResource } from '../resource.ts';
import { Transfer, TransferId } from '../transfer.ts';
import { closeTransfer } from '../transitions.ts';

export const cancelTransfer = write({
  name: 'transfers.cancel',
  summary: 'Takes an offer back, or ends it for the holder.',
  input: z.strictObject({ transferId: TransferId }),
  output: Transfer,
  refusals: [transferClosed],
  allow: anyOf(offererOfTransfer, membersOfTransfer('sell')),
  run: async (context, { transferId }) => {
    const { tx, now } = context;
    const [was] = await tx.transfers.transfers.findForUpdate([transferId]);
    if (was === undefined) return notFound({ kind: 'transfer', id: transferId });
    const next = closeTransfer(was, 'cancelled', now);
    if (isRefusal(next)) return next;
    await saveClosed(context, next, was);
    return transferResource(next, now);
  },
});
