import type {
  OfferedTicketRecord,
  TransferPolicyRecord,
  TransferRecord,
  TransferWrites,
} from '@ticketi/core';
import type { Dialect } from '../dialect/dialect.ts';
import { lookupAll, turns } from '../gathering.ts';
import type { Sql } from '../sql.ts';
import {
  defineTable,
  equals,
  type FilterOf,
  insertOf,
  leads,
  removing,
  statementsOf,
  writesOf,
} from '../table.ts';

const transfers = defineTable<TransferRecord>(
  'transfers',
  {
    id: 'text',
    organizerId: 'text',
    eventId: 'text',
    tickets: 'json',
    fromName: 'text',
    fromEmail: 'text',
    fromUserId: 'text',
    fromAccessId: 'text',
    toEmail: 'text',
    toUserId: 'text',
    message: 'text',
    state: 'text',
    createdAt: 'instant',
    expiresAt: 'instant',
    closedAt: 'instant',
    acceptedTicketIds: 'json',
    revision: 'integer',
  },
  turns.transfer,
);

/** Its id is the ticket's. */
const offeredTickets = defineTable<OfferedTicketRecord>('offered_tickets', {
  id: 'text',
  organizerId: 'text',
  eventId: 'text',
  transferId: 'text',
});

/** Its id is the event's. */
const policies = defineTable<TransferPolicyRecord>('transfer_policies', {
  id: 'text',
  organizerId: 'text',
  terms: 'json',
  revision: 'integer',
});

export function transferStore(dialect: Dialect): (sql: Sql) => TransferWrites {
  const transferVerbs = writesOf<TransferRecord, FilterOf<TransferWrites['transfers']>>(
    dialect,
    transfers,
    {
      id: equals('id'),
      fromUserId: leads('from_user_id'),
      toUserId: leads('to_user_id'),
      fromAccessId: leads('from_access_id'),
      eventId: leads('event_id'),
      organizerId: leads('organizer_id'),
      state: equals('state'),
    },
  );
  const policyVerbs = writesOf<TransferPolicyRecord, object>(dialect, policies, {});
  const transfer = statementsOf(dialect, transfers);
  const offered = statementsOf(dialect, offeredTickets);
  const insertOffered = insertOf(dialect, offeredTickets);
  const removeOffered = removing(dialect, offeredTickets);
  const among = lookupAll<OfferedTicketRecord>(
    turns.read,
    (sql, ids) =>
      sql.rows<OfferedTicketRecord>(offeredTickets.columns, offered.findMany, [dialect.list(ids)]),
    ({ id }) => id,
  );

  return (sql) => ({
    transfers: {
      ...transferVerbs(sql),
      openOfEvent: (eventId) =>
        sql.rows<TransferRecord>(
          transfers.columns,
          `${transfer.select} WHERE event_id = ? AND state = 'open' ORDER BY id`,
          [eventId],
        ),
      overdue: (now, limit) =>
        sql.rows<TransferRecord>(
          transfers.columns,
          `${transfer.select} WHERE state = 'open' AND expires_at <= ? ORDER BY expires_at, id LIMIT ?`,
          [now, limit],
        ),
    },
    offeredTickets: {
      among: (ticketIds) => sql.ask(among, ticketIds),
      insert: insertOffered(sql),
      remove: removeOffered(sql),
    },
    policies: policyVerbs(sql),
  });
}
