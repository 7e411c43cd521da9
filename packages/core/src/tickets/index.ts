export { holderOfTicket, holderOfTickets, ownedTicket } from './access.ts';
export { Attendee, AttendeeInput, ticketTypesOf } from './attendee.ts';
export {
  type CheckedCode,
  checkSignedCode,
  checkTicketCode,
  type SignedCheck,
} from './check-code.ts';
export { namedTicket } from './code.ts';
export { codeOf, codesOfEvent, type ShownCode } from './code-of.ts';
export { CodePolicy, type CodePolicyRecord, doorRulesOf } from './code-policy.ts';
export { heldSince } from './custody.ts';
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
  isHeldByBuyer,
  type RevocationRecord,
  Ticket,
  TicketId,
  type TicketRecord,
  type ValidTicket,
} from './ticket.ts';
export { rotatingCode } from './verify.ts';
export { writeVoid } from './write-void.ts';
