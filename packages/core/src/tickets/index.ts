export { holderOfTicket, ownedTicket } from './access.ts';
export { Attendee, AttendeeInput, ticketTypesOf } from './attendee.ts';
export { decodeTicketCode } from './code.ts';
export { handOver } from './hand-over.ts';
export { issueTickets } from './issue.ts';
export {
  nameChangeClosed,
  reasonMissing,
  reissueLimited,
  ticketCheckedIn,
  ticketReserved,
  ticketVoid,
} from './refusals.ts';
export type { TicketReads, TicketWrites } from './store.ts';
export {
  accessIdOf,
  type CustodyRecord,
  type RevocationRecord,
  Ticket,
  TicketId,
  type TicketRecord,
} from './ticket.ts';
export { writeVoid } from './write-void.ts';
