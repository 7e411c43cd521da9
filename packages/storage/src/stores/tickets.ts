import type { CodePolicyRecord, CustodyRecord, TicketRecord, TicketWrites } from '@ticketi/core';
import { columnsOf } from '../columns.ts';
import type { Dialect } from '../dialect/dialect.ts';
import { turns } from '../gathering.ts';
import type { Sql } from '../sql.ts';
import {
  defineTable,
  equals,
  type FilterOf,
  insertOf,
  leads,
  statementsOf,
  writesOf,
} from '../table.ts';
import { revocationStore } from './revocations.ts';

const tickets = defineTable<TicketRecord>(
  'tickets',
  {
    id: 'text',
    admissionId: 'text',
    organizerId: 'text',
    eventId: 'text',
    ticketTypeId: 'text',
    name: 'text',
    sessionIds: 'json',
    orderId: 'text',
    holdId: 'text',
    transferId: 'text',
    claimHoldId: 'text',
    line: 'integer',
    seat: 'json',
    draws: 'json',
    holderName: 'text',
    holderEmail: 'text',
    holderUserId: 'text',
    attendee: 'json',
    nameChanges: 'integer',
    price: 'integer',
    fee: 'integer',
    currency: 'text',
    state: 'text',
    voidReason: 'text',
    voidedAt: 'instant',
    issue: 'integer',
    keyId: 'text',
    checkedInAt: 'instant',
    checkedInGate: 'text',
    createdAt: 'instant',
    revision: 'integer',
  },
  turns.ticket,
);

const codePolicies = defineTable<CodePolicyRecord>('code_policies', {
  id: 'text',
  organizerId: 'text',
  rotating: 'boolean',
  doorKeyNumber: 'integer',
  revision: 'integer',
});

const custody = defineTable<CustodyRecord>('custody', {
  id: 'text',
  organizerId: 'text',
  eventId: 'text',
  admissionId: 'text',
  ticketId: 'text',
  kind: 'text',
  holderName: 'text',
  holderEmail: 'text',
  holderUserId: 'text',
  price: 'integer',
  currency: 'text',
  reason: 'text',
  at: 'instant',
});

interface DoubledAdmission {
  readonly admissionId: string;
  readonly valid: number;
}
const doubledAdmissions = columnsOf<DoubledAdmission>({ admissionId: 'text', valid: 'integer' });

interface WrongRevocation {
  readonly ticketId: string;
  readonly state: string;
}
const wrongRevocations = columnsOf<WrongRevocation>({ ticketId: 'text', state: 'text' });

interface BrokenCustody {
  readonly admissionId: string;
  readonly ticketId: string;
}
const brokenCustody = columnsOf<BrokenCustody>({ admissionId: 'text', ticketId: 'text' });

export function ticketStore(dialect: Dialect): (sql: Sql) => TicketWrites {
  const ticketVerbs = writesOf<TicketRecord, FilterOf<TicketWrites['tickets']>>(dialect, tickets, {
    orderId: equals('order_id'),
    eventId: leads('event_id'),
    organizerId: leads('organizer_id'),
    // A hold becomes one order: its index finds the tickets, which need none of their own.
    holdId: (holdId) => ({
      where: `order_id IN (SELECT id FROM ${dialect.table('orders')} WHERE hold_id = ?) AND transfer_id IS NULL`,
      value: holdId,
    }),
    transferId: (transferId) => ({
      where: 'transfer_id = ? AND holder_user_id IS NULL',
      value: transferId,
    }),
    holderUserId: leads('holder_user_id'),
    state: equals('state'),
  });
  const codePolicyVerbs = writesOf<CodePolicyRecord, object>(dialect, codePolicies, {});
  const revocations = revocationStore(dialect);
  const insertCustody = insertOf(dialect, custody);
  const link = statementsOf(dialect, custody);
  const ticket = statementsOf(dialect, tickets);
  const ticketsAt = dialect.table(tickets.name);
  const revocationsAt = dialect.table('revocations');

  return (sql) => ({
    tickets: {
      ...ticketVerbs(sql),
      validOf: async (eventId, admissionIds) =>
        admissionIds.length === 0
          ? []
          : sql.rows<TicketRecord>(
              tickets.columns,
              `${ticket.select} WHERE event_id = ? AND ${dialect.among('admission_id')} AND state = 'valid' ORDER BY id`,
              [eventId, dialect.list(admissionIds)],
            ),
      doubledAdmissions: () =>
        sql.rows<DoubledAdmission>(
          doubledAdmissions,
          `SELECT admission_id, count(*) AS valid FROM ${ticketsAt} WHERE state = 'valid'
           GROUP BY admission_id HAVING count(*) > 1 ORDER BY admission_id`,
        ),
      wrongRevocations: () =>
        sql.rows<WrongRevocation>(
          wrongRevocations,
          `SELECT t.id AS ticket_id, t.state AS state
           FROM ${ticketsAt} AS t LEFT JOIN ${revocationsAt} AS r ON r.id = t.id
           WHERE (t.state = 'valid' AND r.id IS NOT NULL) OR (t.state = 'void' AND r.id IS NULL)
           ORDER BY t.id`,
        ),
      brokenCustody: () =>
        sql.rows<BrokenCustody>(
          brokenCustody,
          `SELECT admission_id, ticket_id FROM (
             SELECT t.admission_id, t.id AS ticket_id, t.issue, t.void_reason, c.kind,
                    row_number() OVER chain AS place, lead(t.id) OVER chain AS next_id,
                    lead(c.kind) OVER chain AS next_kind
             FROM ${ticketsAt} AS t LEFT JOIN ${link.at} AS c ON c.ticket_id = t.id
             WINDOW chain AS (PARTITION BY t.admission_id ORDER BY t.issue, c.id)) AS links
           WHERE kind IS NULL OR issue <> place OR (issue = 1) <> (kind = 'issued')
             OR (issue = 1) <> (ticket_id = admission_id)
             OR (next_id IS NULL AND void_reason IN ('transferred', 'resold', 'reissued'))
             OR (next_id IS NOT NULL AND (void_reason IS NULL OR next_kind IS NULL OR void_reason <> next_kind))
           ORDER BY admission_id, ticket_id`,
        ),
    },
    codePolicies: codePolicyVerbs(sql),
    custody: {
      insert: insertCustody(sql),
      ofAdmission: (admissionId) =>
        sql.rows<CustodyRecord>(
          custody.columns,
          `${link.select} WHERE admission_id = ? ORDER BY id`,
          [admissionId],
        ),
      ofAdmissions: async (admissionIds) =>
        admissionIds.length === 0
          ? []
          : sql.rows<CustodyRecord>(
              custody.columns,
              `${link.select} WHERE ${dialect.among('admission_id')} ORDER BY id`,
              [dialect.list(admissionIds)],
            ),
    },
    revocations: revocations(sql),
  });
}
