import type { InvoiceRecord, InvoiceWrites, IssuerRecord } from '@ticketi/core';
import { columnsOf } from '../columns.ts';
import type { Bound, Dialect } from '../dialect/dialect.ts';
import { lookupAll, turns } from '../gathering.ts';
import type { Sql } from '../sql.ts';
import {
  defineTable,
  equals,
  type FilterOf,
  insertsOf,
  leads,
  statementsOf,
  writesOf,
} from '../table.ts';
import { findingsOf } from './invoice-findings.ts';

const issuers = defineTable<IssuerRecord>(
  'issuers',
  {
    id: 'text',
    legalName: 'text',
    address: 'json',
    taxIds: 'json',
    email: 'text',
    bankDetails: 'text',
    paymentTerms: 'text',
    footer: 'text',
    timezone: 'text',
    numberPrefix: 'text',
    invoiceFormat: 'text',
    creditNoteFormat: 'text',
    issue: 'text',
    followedTo: 'instant',
    beginsAfter: 'text',
    updatedAt: 'instant',
    revision: 'integer',
  },
  turns.organizer,
);

const invoices = defineTable<InvoiceRecord>(
  'invoices',
  {
    id: 'text',
    organizerId: 'text',
    eventId: 'text',
    orderId: 'text',
    kind: 'text',
    invoiceId: 'text',
    invoiceNumber: 'text',
    refundId: 'text',
    reason: 'text',
    replaces: 'integer',
    year: 'integer',
    sequence: 'integer',
    number: 'text',
    currency: 'text',
    total: 'integer',
    content: 'json',
    issuedAt: 'instant',
  },
  turns.invoice,
);

const taken = columnsOf<{ readonly lastNumber: number }>({ lastNumber: 'integer' });
const due = columnsOf<{ readonly orderId: string }>({ orderId: 'text' });

/** Its rows have no verb that changes them: what was issued stays as it is. */
export function invoiceStore(dialect: Dialect): (sql: Sql) => InvoiceWrites {
  const issuerVerbs = writesOf<IssuerRecord, FilterOf<InvoiceWrites['issuers']>>(dialect, issuers, {
    issue: equals('issue'),
  });
  const invoiceVerbs = insertsOf<InvoiceRecord, FilterOf<InvoiceWrites['invoices']>>(
    dialect,
    invoices,
    {
      orderId: leads('order_id'),
      eventId: leads('event_id'),
      organizerId: leads('organizer_id'),
      year: (value) => ({ where: 'year = ?', value }),
      kind: equals('kind'),
    },
  );
  const { at, select } = statementsOf(dialect, invoices);
  const { select: ofIssuers } = statementsOf(dialect, issuers);
  const ofOrders = lookupAll<InvoiceRecord>(
    turns.read,
    (sql, orderIds) =>
      sql.rows<InvoiceRecord>(
        invoices.columns,
        `${select} WHERE ${dialect.among('order_id')} AND kind = 'invoice' ORDER BY id`,
        [dialect.list(orderIds)],
      ),
    ({ orderId }) => orderId,
  );
  const creditNotesOf = lookupAll<InvoiceRecord>(
    turns.read,
    (sql, invoiceIds) =>
      sql.rows<InvoiceRecord>(
        invoices.columns,
        `${select} WHERE ${dialect.among('invoice_id')} ORDER BY id`,
        [dialect.list(invoiceIds)],
      ),
    ({ invoiceId }) => invoiceId ?? '',
  );
  const [series, issuer] = [dialect.table('invoice_series'), dialect.table('issuers')];
  const [postings, orders] = [dialect.table('postings'), dialect.table('orders')];

  const dueOf = (sql: Sql, bound: readonly Bound[]) =>
    sql.rows<{ orderId: string }>(
      due,
      `SELECT o.id AS order_id
       FROM ${postings} AS p
       JOIN ${orders} AS o ON o.id = p.source_id AND o.event_id = p.event_id
       WHERE p.organizer_id = ? AND p.at >= ? AND p.id > ? AND p.kind = 'sale'
         AND o.state = 'paid' AND o.kind = 'primary' AND o.total > o.given_back
         AND NOT EXISTS (SELECT 1 FROM ${at} AS i WHERE i.order_id = o.id AND i.kind = 'invoice')
       ORDER BY p.at, p.id LIMIT ?`,
      bound,
    );

  return (sql) => ({
    issuers: issuerVerbs(sql),
    invoices: {
      ...invoiceVerbs(sql),
      ofOrders: (orderIds) => sql.ask(ofOrders, orderIds),
      creditNotesOf: (invoiceIds) => sql.ask(creditNotesOf, invoiceIds),
      async findForCredit(id) {
        const [row] = await sql.rows<InvoiceRecord>(
          invoices.columns,
          `${select} WHERE id = ? AND kind = 'invoice' ${dialect.forUpdate}`,
          [id],
        );
        return row;
      },
    },
    async takeNumbers({ organizerId, kind, year }, count) {
      // Adds to what is there when the row is locked, so no two see the same; who comes first inserts it.
      const [row] = await sql.rows<{ lastNumber: number }>(
        taken,
        `INSERT INTO ${series} AS s (organizer_id, kind, year, last_number) VALUES (?, ?, ?, ?)
         ON CONFLICT (organizer_id, kind, year) DO UPDATE SET last_number = s.last_number + excluded.last_number
         RETURNING last_number`,
        [organizerId, kind, year, count],
      );
      if (row === undefined) throw new Error('A series gave no number.');
      return row.lastNumber;
    },
    async uninvoiced(limit) {
      const found: { orderId: string }[] = [];
      const following = await sql.rows<IssuerRecord>(
        issuers.columns,
        `${ofIssuers} WHERE issue = 'when_paid' ORDER BY id`,
      );
      // One by one: how far each has come tells the database that little is left to look at.
      for (const { id, followedTo, beginsAfter } of following) {
        if (found.length >= limit) break;
        found.push(...(await dueOf(sql, [id, followedTo, beginsAfter, limit - found.length])));
      }
      return found;
    },
    async follow(before) {
      // Those alone for which there is more: the others need no new version of their rows.
      const last = `(SELECT max(p.at) FROM ${postings} AS p
        WHERE p.organizer_id = s.id AND p.at > s.followed_to AND p.at < ?)`;
      await sql.run(
        `UPDATE ${issuer} AS s SET followed_to = ${last}
         WHERE s.issue = 'when_paid' AND ${last} IS NOT NULL`,
        [before, before],
      );
    },
    findings: () => findingsOf(sql, dialect),
  });
}
