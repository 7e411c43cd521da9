import { isOwner, type Owned } from '../inventory/index.ts';
import {
  type Access,
  type Actor,
  guestHold,
  type ReadContext,
  type Secrets,
} from '../kernel/index.ts';
import { members, type Permission } from '../organizers/index.ts';
import type { TransferRecord } from './transfer.ts';

interface TransferInput {
  transferId: string;
  /** The token of the offer, from a user who got it by mail. */
  token?: string | undefined;
}

/** Who offered the tickets. */
export const offererOfTransfer: Access<TransferInput> = {
  who: 'who offered the tickets',
  check: ofTransfer((context, transfer) => isOwner(context, offererOf(transfer))),
};

/** To whom the tickets are offered. */
export const addresseeOfTransfer: Access<TransferInput> = {
  who: 'to whom the tickets are offered: the user, or whoever has the token of the offer',
  check: ofTransfer(isAddressee),
};

export function membersOfTransfer(permission: Permission) {
  return members(
    permission,
    async ({ tx }: ReadContext, { transferId }: TransferInput) =>
      (await tx.transfers.transfers.find(transferId))?.organizerId,
  );
}

function offererOf({ fromUserId, fromAccessId }: TransferRecord): Owned {
  return { userId: fromUserId, holdId: fromAccessId };
}

/** An offer to a user is theirs alone, whatever token somebody has. */
function isAddressee(
  { actor, secrets }: { actor: Actor; secrets: Secrets },
  { id, toUserId }: TransferRecord,
  token: string | undefined,
): boolean {
  if (toUserId !== null) return actor.type === 'user' && actor.id === toUserId;
  if (actor.type === 'guest') return guestHold(secrets, actor) === id;
  if (actor.type !== 'user' || token === undefined) return false;
  return guestHold(secrets, { type: 'guest', token }) === id;
}

/** Asks a rule of the transfer that the input names; without one the operation answers `not_found`. */
function ofTransfer(
  rule: (context: ReadContext, transfer: TransferRecord, token: string | undefined) => boolean,
) {
  return async (context: ReadContext, { transferId, token }: TransferInput): Promise<boolean> => {
    const { type } = context.actor;
    if (type !== 'user' && type !== 'guest') return false;
    const transfer = await context.tx.transfers.transfers.find(transferId);
    return transfer === undefined || rule(context, transfer, token);
  };
}
