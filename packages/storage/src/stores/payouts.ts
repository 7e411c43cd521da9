import type { LedgerWrites, PayoutRecord } from '@ticketi/core';
import type { Dialect } from '../dialect/dialect.ts';
import { turns } from '../gathering.ts';
import type { Sql } from '../sql.ts';
import { defineTable, equals, type FilterOf, leads, walkOf, writesOf } from '../table.ts';

const payouts = defineTable<PayoutRecord>(
  'payouts',
  {
    id: 'text',
    organizerId: 'text',
    eventId: 'text',
    ticketId: 'text',
    amount: 'integer',
    currency: 'text',
    state: 'text',
    reference: 'text',
    reason: 'text',
    createdAt: 'instant',
    settledAt: 'instant',
    revision: 'integer',
  },
  turns.payment,
);

export function payoutStore(dialect: Dialect): (sql: Sql) => LedgerWrites['payouts'] {
  const verbs = writesOf<PayoutRecord, FilterOf<LedgerWrites['payouts']>>(dialect, payouts, {
    organizerId: leads('organizer_id'),
    state: equals('state'),
  });
  const walk = walkOf(dialect, payouts, {
    eventId: equals('event_id'),
    organizerId: leads('organizer_id'),
  });
  return (sql) => ({ ...verbs(sql), walk: walk(sql) });
}
