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
 * What the books and the records disagree on, in a few questions:
 * - a posting's entries sum to zero;
 * - a paid order with a price has its posting: the provider holds what was due through
 *   it, and gift cards are owed less by what they paid;
 * - a refund that succeeded has its posting, and the provider holds that much less;
 * - a refund of an order has its posting, that of a resale another one, and its buyer is
 *   owed that much more; what of it became a gift card is owed by that instead;
 * - a gift card, and a refund to one, has its posting, and is owed that much more;
 * - a posting has its paid order, its gift card, its refund, or its refund to one.
 * A source has one posting of a kind at most: the table's key sees to that.
 */
export function ledgerFindings(
  dialect: Dialect,
): (sql: Sql, filter: BalanceFilter) => Promise<LedgerFinding[]> {
  const [orders, refunds] = [dialect.table('orders'), dialect.table('refunds')];
  const [cards, cardRefunds] = [dialect.table('gift_cards'), dialect.table('gift_card_refunds')];
  const orderRefunds = dialect.table('order_refunds');
  const [postings, entries] = [dialect.table('postings'), dialect.table('entries')];
  const on = (account: string) => `SELECT posting_id, sum(amount) AS amount FROM ${entries}
    WHERE account = '${account}' GROUP BY posting_id`;

  const unbalanced = (of: Restriction) => `
    SELECT 'unbalanced_posting' AS finding, posting_id AS id, 0 AS expected, sum(amount) AS actual
    FROM ${entries} AS s WHERE ${of('s')}
    GROUP BY posting_id, currency HAVING sum(amount) <> 0`;

  const booked = (
    { sources, event = 's.event_id', kind, account, amount, due }: Booked,
    of: Restriction,
  ) => `
    SELECT CASE WHEN p.id IS NULL THEN 'sale_without_posting' ELSE 'posting_differs_from_sale' END AS finding,
           s.id AS id, ${amount} AS expected, coalesce(c.amount, 0) AS actual
    FROM ${sources} AS s
    LEFT JOIN ${postings} AS p ON p.source_id = s.id AND p.event_id = ${event} AND p.kind = ${kind}
    LEFT JOIN (${on(account)}) AS c ON c.posting_id = p.id
    WHERE ${due} AND ${of('s')} AND coalesce(c.amount, 0) <> ${amount}`;

  const unfounded = ({ kinds, account, found }: Founded, of: Restriction) => `
    SELECT 'posting_differs_from_sale' AS finding, s.source_id AS id, 0 AS expected,
           coalesce(c.amount, 0) AS actual
    FROM ${postings} AS s
    LEFT JOIN (${on(account)}) AS c ON c.posting_id = s.id
    WHERE s.kind IN (${kinds}) AND NOT EXISTS (${found}) AND ${of('s')}`;

  const sale = {
    sources: orders,
    kind: "CASE s.kind WHEN 'primary' THEN 'sale' ELSE 'resale' END",
  };
  const sources: readonly Booked[] = [
    {
      ...sale,
      account: 'provider_clearing',
      amount: 's.total - s.credited',
      due: "s.state = 'paid' AND s.total > s.credited",
    },
    {
      ...sale,
      account: 'gift_cards',
      amount: 's.credited',
      due: "s.state = 'paid' AND s.credited > 0",
    },
    {
      sources: refunds,
      kind: "'refund'",
      account: 'provider_clearing',
      amount: '-s.amount',
      due: "s.state = 'succeeded'",
    },
    {
      sources: orderRefunds,
      kind: `CASE (SELECT o.kind FROM ${orders} AS o WHERE o.id = s.order_id AND o.event_id = s.event_id)
        WHEN 'primary' THEN 'order_refund' ELSE 'claw_back' END`,
      account: 'buyer_credit',
      amount: '-s.amount',
      due: 's.amount > 0',
    },
    {
      sources: orderRefunds,
      kind: "'refund_credit'",
      account: 'gift_cards',
      amount: '-s.credit',
      due: 's.credit > 0',
    },
    {
      sources: cardRefunds,
      kind: "'gift_card_refund'",
      account: 'gift_cards',
      amount: '-s.amount',
      due: 'true',
    },
  ];
  const issues: Booked = {
    sources: cards,
    // A gift card is of no event.
    event: "''",
    kind: "'gift_card_issue'",
    account: 'gift_cards',
    amount: '-s.loaded',
    // What a refund became is booked with it.
    due: `NOT EXISTS (SELECT 1 FROM ${orderRefunds} AS r WHERE r.credit_card_id = s.id)`,
  };
  const foundations: readonly Founded[] = [
    {
      kinds: "'sale', 'resale'",
      account: 'provider_clearing',
      found: `SELECT 1 FROM ${orders} AS o
        WHERE o.id = s.source_id AND o.event_id = s.event_id AND o.state = 'paid'`,
    },
    {
      kinds: "'order_refund', 'claw_back', 'refund_credit'",
      account: 'buyer_credit',
      found: `SELECT 1 FROM ${orderRefunds} AS r WHERE r.id = s.source_id AND r.event_id = s.event_id`,
    },
    {
      kinds: "'gift_card_issue'",
      account: 'gift_cards',
      found: `SELECT 1 FROM ${cards} AS g WHERE g.id = s.source_id`,
    },
    {
      kinds: "'gift_card_refund'",
      account: 'gift_cards',
      found: `SELECT 1 FROM ${cardRefunds} AS r WHERE r.id = s.source_id AND r.event_id = s.event_id`,
    },
  ];

  return async (sql, filter) => {
    const restriction = restrict(filter);
    const questions = [
      unbalanced(restriction.of),
      ...sources.map((source) => booked(source, restriction.of)),
      ...(filter.eventId === undefined ? [booked(issues, restriction.of)] : []),
      ...foundations.map((founded) => unfounded(founded, restriction.of)),
    ];
    return sql.rows<LedgerFinding>(
      columns,
      `SELECT finding, id, expected, actual FROM (${questions.join(' UNION ALL ')}) AS f ORDER BY finding, id`,
      questions.flatMap(() => restriction.values),
    );
  };
}

/** Records that are booked: under which kind, and what comes to which account. As SQL over `s`. */
interface Booked {
  readonly sources: string;
  /** The event of their postings; their own, when left out. */
  readonly event?: string;
  readonly kind: string;
  readonly account: string;
  readonly amount: string;
  /** Which of them. */
  readonly due: string;
}

/** Kinds of postings, and a question that finds what one books. As SQL over `s`. */
interface Founded {
  readonly kinds: string;
  readonly account: string;
  readonly found: string;
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
