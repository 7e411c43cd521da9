export {
  invalidateTransfersOf,
  invalidateTransfersOfEvent,
  lockTransfersOf,
  offeredTickets,
} from './close.ts';
export {
  type TicketTerms,
  TransferPolicy,
  type TransferPolicyRecord,
} from './policy.ts';
export {
  outsideTransferWindow,
  recipientIsHolder,
  ticketNotTransferable,
  transferClosed,
  transferNotAllowed,
} from './refusals.ts';
export type { TransferReads, TransferWrites } from './store.ts';
export { termsOfTicket } from './terms.ts';
export { type OfferedTicketRecord, Transfer, type TransferRecord } from './transfer.ts';
export { openTransfer } from './transitions.ts';
