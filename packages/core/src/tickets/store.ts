import type { ReadStore, WriteStore } from '../kernel/index.ts';
import type { CustodyRecord, RevocationRecord, TicketRecord } from './ticket.ts';

export interface TicketFilter {
  organizerId?: string | undefined;
  eventId?: string | undefined;
  orderId?: string | undefined;
  /** Tickets of orders that this hold became: what a guest's token opens. */
  holdId?: string | undefined;
  holderUserId?: string | undefined;
  state?: TicketRecord['state'] | undefined;
}

export interface TicketReads {
  readonly tickets: ReadStore<TicketRecord, TicketFilter> & {
    /** The valid tickets of these places of an event; a place has one at most. */
    validOf(eventId: string, admissionIds: readonly string[]): Promise<TicketRecord[]>;
    /** Places with more than one valid ticket; empty when all is well. */
    doubledAdmissions(): Promise<{ admissionId: string; valid: number }[]>;
    /** Valid tickets on the revocation list, or void ones missing there. */
    wrongRevocations(): Promise<{ ticketId: string; state: string }[]>;
  };
  readonly custody: {
    /** Every holder of the place, first to last. */
    ofAdmission(admissionId: string): Promise<CustodyRecord[]>;
  };
  readonly revocations: ReadStore<RevocationRecord, { eventId?: string | undefined }>;
}

export interface TicketWrites extends TicketReads {
  readonly tickets: WriteStore<TicketRecord, TicketFilter> & TicketReads['tickets'];
  readonly custody: TicketReads['custody'] & {
    insert(rows: readonly CustodyRecord[]): Promise<void>;
  };
  /** A revocation has the id of its ticket. */
  readonly revocations: TicketReads['revocations'] & {
    insert(rows: readonly RevocationRecord[]): Promise<void>;
  };
}
