import * as z from 'zod';
import { isRefusal, notFound, write } from '../../kernel/index.ts';
import { addresseeOfTransfer } from '../access.ts';
import { saveClosed } from '../close.ts';
import { transferClosed } from '../refusals.ts';
import { transferResource } from '../resource.ts';
import { Transfer, TransferId } from '../transfer.ts';
import { closeTransfer } from '../transitions.ts';

export const declineTransfer = write({
  name: 'transfers.decline',
  summary: 'Declines an offer; the tickets stay with their holder.',
  input: z.strictObject({ transferId: TransferId }),
  output: Transfer,
  refusals: [transferClosed],
  allow: addresseeOfTransfer,
  run: async (context, { transferId }) => {
    const { tx, now } = context;
    const [was] = await tx.transfers.transfers.findForUpdate([transferId]);
    if (was === undefined) return notFound({ kind: 'transfer', id: transferId });
    const next = closeTransfer(was, 'declined', now);
    if (isRefusal(next)) return next;
    await saveClosed(context, next, was);
    return transferResource(next, now);
  },
});
