import type { BalanceFilter, LedgerFinding } from '@ticketi/core';
import { columnsOf } from '../columns.ts';
import type { Bound, Dialect } from '../dialect/dialect.ts';
import type { Sql } from '../sql.ts';

const columns = columnsOf<LedgerFinding>({
  finding: 'text',
  id: 'text',
  expected: 'integer',
  actual: 'integer',
});

/**
 * What the books and the records disagree on, in four questions:
 * - a posting's entries sum to zero;
 * - a paid order with a price has its posting, and the provider holds its total;
 * - a refund that succeeded has its posting, and the provider holds that much less;
 * - a sale's posting has its paid order.
 * A source has one posting of a kind at most: the table's key sees to that.
 */
export function ledgerFindings(
  dialect: Dialect,
): (sql: Sql, filter: BalanceFilter) => Promise<LedgerFinding[]> {
  const [orders, refunds] = [dialect.table('orders'), dialect.table('refunds')];
  const [postings, entries] = [dialect.table('postings'), dialect.table('entries')];
  const clearing = `SELECT posting_id, sum(amount) AS amount FROM ${entries}
    WHERE account = 'provider_clearing' GROUP BY posting_id`;

  const unbalanced = (of: Restriction) => `
    SELECT 'unbalanced_posting' AS finding, posting_id AS id, 0 AS expected, sum(amount) AS actual
    FROM ${entries} AS s WHERE ${of('s')}
    GROUP BY posting_id, currency HAVING sum(amount) <> 0`;

  const booked = (sources: string, kind: string, amount: string, due: string, of: Restriction) => `
    SELECT CASE WHEN p.id IS NULL THEN 'sale_without_posting' ELSE 'posting_differs_from_sale' END AS finding,
           s.id AS id, ${amount} AS expected, coalesce(c.amount, 0) AS actual
    FROM ${sources} AS s
    LEFT JOIN ${postings} AS p ON p.source_id = s.id AND p.event_id = s.event_id AND p.kind = ${kind}
    LEFT JOIN (${clearing}) AS c ON c.posting_id = p.id
    WHERE ${due} AND ${of('s')} AND coalesce(c.amount, 0) <> ${amount}`;

  const unfounded = (of: Restriction) => `
    SELECT 'posting_differs_from_sale' AS finding, s.source_id AS id, 0 AS expected,
           coalesce(c.amount, 0) AS actual
    FROM ${postings} AS s
    LEFT JOIN ${orders} AS o ON o.id = s.source_id AND o.event_id = s.event_id AND o.state = 'paid'
    LEFT JOIN (${clearing}) AS c ON c.posting_id = s.id
    WHERE s.kind IN ('sale', 'resale') AND o.id IS NULL AND ${of('s')}`;

  return async (sql, filter) => {
    const restriction = restrict(filter);
    const saleKind = "CASE s.kind WHEN 'primary' THEN 'sale' ELSE 'resale' END";
    const questions = [
      unbalanced(restriction.of),
      booked(orders, saleKind, 's.total', "s.state = 'paid' AND s.total > 0", restriction.of),
      booked(refunds, "'refund'", '-s.amount', "s.state = 'succeeded'", restriction.of),
      unfounded(restriction.of),
    ];
    return sql.rows<LedgerFinding>(
      columns,
      `SELECT finding, id, expected, actual FROM (${questions.join(' UNION ALL ')}) AS f ORDER BY finding, id`,
      questions.flatMap(() => restriction.values),
    );
  };
}

/** The filter as a condition on a table of this alias. */
type Restriction = (alias: string) => string;

function restrict(filter: BalanceFilter): { of: Restriction; values: readonly Bound[] } {
  const { organizerId, eventId } = filter;
  const given = [
    ...(organizerId === undefined ? [] : [['organizer_id', organizerId] as const]),
    ...(eventId === undefined ? [] : [['event_id', eventId] as const]),
  ];
  return {
    of: (alias) => ['true', ...given.map(([column]) => `${alias}.${column} = ?`)].join(' AND '),
    values: given.map(([, value]) => value),
  };
}
