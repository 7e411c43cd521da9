import type { Instant, Refusal } from '../kernel/index.ts';
import { transferClosed } from './refusals.ts';
import type {
  AcceptedTransfer,
  ClosedState,
  ClosedTransfer,
  OpenTransfer,
  TransferRecord,
  TransferState,
} from './transfer.ts';

/** The state as it is at an instant: an open offer expires by itself. */
export function stateAt(transfer: TransferRecord, now: Instant): TransferState {
  return transfer.state === 'open' && transfer.expiresAt <= now ? 'expired' : transfer.state;
}

/** The offer, as long as it can be answered. */
export function openTransfer(
  transfer: TransferRecord,
  now: Instant,
): OpenTransfer | Refusal<'transfer_closed'> {
  const transferId = transfer.id;
  if (transfer.state !== 'open') return transferClosed({ transferId, state: transfer.state });
  if (transfer.expiresAt <= now) return transferClosed({ transferId, state: 'expired' });
  return transfer;
}

/** open -> accepted, with the tickets that the next holder has now. */
export function acceptTransfer(
  transfer: OpenTransfer,
  ticketIds: readonly string[],
  now: Instant,
): AcceptedTransfer {
  return { ...transfer, state: 'accepted', closedAt: now, acceptedTicketIds: ticketIds };
}

/** open -> declined | cancelled | invalidated, or expired when its time is over. */
export function closeTransfer(
  transfer: TransferRecord,
  state: Exclude<ClosedState, 'expired'>,
  now: Instant,
): ClosedTransfer | Refusal<'transfer_closed'> {
  const open = openTransfer(transfer, now);
  return 'code' in open ? open : { ...open, state, closedAt: now };
}

/** open -> expired, once its time is over; undefined: it is not, or it is closed already. */
export function expireTransfer(transfer: TransferRecord, now: Instant): ClosedTransfer | undefined {
  if (transfer.state !== 'open' || stateAt(transfer, now) !== 'expired') return undefined;
  return { ...transfer, state: 'expired', closedAt: transfer.expiresAt };
}
