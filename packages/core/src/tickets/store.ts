import type { ReadStore, WriteStore } from '../kernel/index.ts';
import type { CodePolicyRecord } from './code-policy.ts';
import type { CustodyRecord, RevocationRecord, TicketRecord } from './ticket.ts';

export interface TicketFilter {
  organizerId?: string | undefined;
  eventId?: string | undefined;
  orderId?: string | undefined;
  /** Tickets of orders that this hold became and that nobody passed on: what a guest's token opens. */
  holdId?: string | undefined;
  /** Tickets that came by this transfer and are a guest's: what its token opens. */
  transferId?: string | undefined;
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
    /** Tickets that are not the next link of their place's chain of custody. */
    brokenCustody(): Promise<{ admissionId: string; ticketId: string }[]>;
  };
  /** A policy has the id of its event. */
  readonly codePolicies: ReadStore<CodePolicyRecord, object>;
  readonly custody: {
    /** Every holder of the place, first to last. */
    ofAdmission(admissionId: string): Promise<CustodyRecord[]>;
    /** Those of several places, each first to last. */
    ofAdmissions(admissionIds: readonly string[]): Promise<CustodyRecord[]>;
  };
  readonly revocations: ReadStore<RevocationRecord, { eventId?: string | undefined }> & {
    /** Those of an event with a number after this one, in its order. */
    numbered(eventId: string, after: number, limit: number): Promise<RevocationRecord[]>;
    /** Those without a number, by id, after this one. */
    unnumbered(eventId: string, after: string | null, limit: number): Promise<RevocationRecord[]>;
    /** Events with gaps in their numbers, or with a head that is not their last; empty when all is well. */
    wrongNumbers(): Promise<{ eventId: string; numbered: number; last: number }[]>;
  };
}

export interface TicketWrites extends TicketReads {
  readonly tickets: WriteStore<TicketRecord, TicketFilter> & TicketReads['tickets'];
  readonly codePolicies: WriteStore<CodePolicyRecord, object>;
  readonly custody: TicketReads['custody'] & {
    insert(rows: readonly CustodyRecord[]): Promise<void>;
  };
  /** A revocation has the id of its ticket. */
  readonly revocations: TicketReads['revocations'] & {
    insert(rows: readonly RevocationRecord[]): Promise<void>;
    /** Events of the first so many revocations without a number, ascending. */
    eventsToNumber(limit: number): Promise<string[]>;
    /** Locks the list of an event until the transaction ends; gives its last number. */
    lockHead(eventId: string): Promise<number>;
    /** Numbers the first so many that have none, after `last`; gives how many these were. */
    number(eventId: string, last: number, limit: number): Promise<number>;
  };
}
