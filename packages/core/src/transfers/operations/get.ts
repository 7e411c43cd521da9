import * as z from 'zod';
import { anyOf, notFound, read } from '../../kernel/index.ts';
import { addresseeOfTransfer, membersOfTransfer, offererOfTransfer } from '../access.ts';
import { transferResource, withTransferToken } from '../resource.ts';
import { Transfer, TransferId } from '../transfer.ts';

export const getTransfer = read({
  name: 'transfers.get',
  summary: 'One offer, for who made it, for whom it is, and for members who look up.',
  input: z.strictObject({ transferId: TransferId }),
  output: Transfer,
  allow: anyOf(offererOfTransfer, addresseeOfTransfer, membersOfTransfer('look_up')),
  present: withTransferToken,
  run: async ({ tx, now }, { transferId }) => {
    const transfer = await tx.transfers.transfers.find(transferId);
    if (transfer === undefined) return notFound({ kind: 'transfer', id: transferId });
    return transferResource(transfer, now);
  },
});
