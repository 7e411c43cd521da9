import * as z from 'zod';
import { Instant, idOf } from '../kernel/index.ts';

export const TransferId = idOf('trf');

/** Tickets that one offer is about, at most. */
export const MOST_TICKETS = 50;

export const TransferState = z
  .enum(['open', 'accepted', 'declined', 'cancelled', 'expired', 'invalidated'])
  .meta({
    id: 'TransferState',
    description: '`invalidated`: a ticket of it was used, void or given a new code meanwhile.',
  });
export type TransferState = z.output<typeof TransferState>;

const OfferedTicket = z.object({
  ticketId: idOf('tkt'),
  ticketTypeId: idOf('typ'),
  name: z.string().meta({ description: 'Name of the ticket type.' }),
  seat: z.string().nullable().meta({ description: 'The label of its seat; null: it has none.' }),
});
type OfferedTicket = z.output<typeof OfferedTicket>;

export const Transfer = z
  .object({
    id: TransferId,
    organizerId: idOf('org'),
    eventId: idOf('evt'),
    state: TransferState,
    tickets: z.array(OfferedTicket).meta({ description: 'What is offered: all of it or nothing.' }),
    from: z.object({ name: z.string(), email: z.string(), userId: z.string().nullable() }),
    to: z.object({ email: z.string().nullable(), userId: z.string().nullable() }),
    message: z.string().nullable(),
    acceptedTicketIds: z
      .array(idOf('tkt'))
      .nullable()
      .meta({ description: 'The new tickets, in the order of `tickets`; null: not accepted.' }),
    createdAt: Instant,
    expiresAt: Instant,
    closedAt: Instant.nullable(),
    accessToken: z.string().nullable().meta({
      description:
        'What opens an offer to an address, and its tickets once a guest accepted. Shown to trusted code in the same process only, which sends it there.',
    }),
  })
  .meta({ id: 'Transfer', description: 'Tickets that their holder offers to somebody else.' });
export type Transfer = z.output<typeof Transfer>;

interface TransferFacts {
  readonly id: string;
  readonly organizerId: string;
  readonly eventId: string;
  readonly tickets: readonly Readonly<OfferedTicket>[];
  readonly fromName: string;
  readonly fromEmail: string;
  readonly fromUserId: string | null;
  /** What a guest's token is of that opens the offerer's tickets: a hold or a transfer. */
  readonly fromAccessId: string;
  /** One of the two is there: an address, or a user. */
  readonly toEmail: string | null;
  readonly toUserId: string | null;
  readonly message: string | null;
  readonly createdAt: string;
  readonly expiresAt: string;
  readonly revision: number;
}

export type OpenTransfer = TransferFacts & {
  readonly state: 'open';
  readonly closedAt: null;
  readonly acceptedTicketIds: null;
};

export type AcceptedTransfer = TransferFacts & {
  readonly state: 'accepted';
  readonly closedAt: string;
  readonly acceptedTicketIds: readonly string[];
};

/** How an offer ends that nobody accepted. */
export type ClosedState = Exclude<TransferState, 'open' | 'accepted'>;

export type ClosedTransfer = TransferFacts & {
  readonly state: ClosedState;
  readonly closedAt: string;
  readonly acceptedTicketIds: null;
};

/** `open` past its `expiresAt` is expired: no worker has to say so. */
export type TransferRecord = OpenTransfer | AcceptedTransfer | ClosedTransfer;

/** A ticket in an open offer. It has the id of the ticket, so a ticket is in one at most. */
export interface OfferedTicketRecord {
  readonly id: string;
  readonly organizerId: string;
  readonly eventId: string;
  readonly transferId: string;
}

export function ticketIdsOf({ tickets }: Pick<TransferRecord, 'tickets'>): string[] {
  return tickets.map(({ ticketId }) => ticketId);
}
