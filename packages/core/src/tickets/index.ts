export { holderOfTicket, membersOfTicket, ownedTicket } from './access.ts';
export { decodeTicketCode, encodeTicketCode, type TicketCode } from './code.ts';
export { handOver, type NextHolder } from './hand-over.ts';
export { issueTickets } from './issue.ts';
export { ticketVoid } from './refusals.ts';
export { ticketResource } from './resource.ts';
export type { TicketReads, TicketWrites } from './store.ts';
export {
  type CustodyRecord,
  type RevocationRecord,
  Ticket,
  TicketId,
  type TicketRecord,
  VoidReason,
} from './ticket.ts';
