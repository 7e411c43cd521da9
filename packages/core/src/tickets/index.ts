export { holderOfTicket } from './access.ts';
export { Attendee, AttendeeInput, ticketTypesOf } from './attendee.ts';
export { decodeTicketCode, shortKeyId } from './code.ts';
export { handOver } from './hand-over.ts';
export { issueTickets } from './issue.ts';
export { ticketCheckedIn, ticketVoid } from './refusals.ts';
export type { TicketReads, TicketWrites } from './store.ts';
export {
  type CustodyRecord,
  type RevocationRecord,
  Ticket,
  TicketId,
  type TicketRecord,
} from './ticket.ts';
export { writeVoid } from './write-void.ts';
