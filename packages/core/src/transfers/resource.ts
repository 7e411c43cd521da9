import { type Actor, guestToken, type Instant, type Secrets } from '../kernel/index.ts';
import type { TransferPolicy, TransferTerms } from './policy.ts';
import type { Transfer, TransferRecord } from './transfer.ts';
import { stateAt } from './transitions.ts';

export function transferResource(transfer: TransferRecord, now: Instant): Transfer {
  const { id, organizerId, eventId, message, createdAt, expiresAt } = transfer;
  const state = stateAt(transfer, now);
  return {
    id,
    organizerId,
    eventId,
    state,
    tickets: [...transfer.tickets],
    from: {
      name: transfer.fromName,
      email: transfer.fromEmail,
      userId: transfer.fromUserId,
    },
    to: { email: transfer.toEmail, userId: transfer.toUserId },
    message,
    acceptedTicketIds: transfer.acceptedTicketIds === null ? null : [...transfer.acceptedTicketIds],
    createdAt,
    expiresAt,
    closedAt: state === 'expired' ? expiresAt : transfer.closedAt,
    accessToken: null,
  };
}

/**
 * Adds the token of an offer to an address, for the host that sends it there and
 * for nobody else: who offers the tickets must not be able to accept them.
 */
export function withTransferToken(
  { secrets, actor }: { secrets: Secrets; actor: Actor },
  transfer: Transfer,
): Transfer {
  if (actor.type !== 'system' || transfer.to.userId !== null) return transfer;
  return { ...transfer, accessToken: guestToken(secrets, transfer.id) };
}

export function policyResource(eventId: string, terms: TransferTerms): TransferPolicy {
  return { eventId, ...terms };
}
