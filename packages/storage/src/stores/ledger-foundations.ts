import type { PostingRecord, Scope } from '@ticketi/core';
import type { Column } from '../columns.ts';
import type { Bound, Dialect } from '../dialect/dialect.ts';
import type { Sql } from '../sql.ts';

type Kind = PostingRecord['kind'];

/**
 * Postings that book nothing: their record does not exist, or is not in a state to
 * be booked so. One question for each kind, in SQL over the posting `p`; the kinds
 * that no question covers have no records yet, so that each of them is unfounded.
 */
export function unfoundedPostings(dialect: Dialect, columns: readonly Column[]) {
  const table = (name: string) => dialect.table(name);
  const paid = (kind: 'primary' | 'resale') => `SELECT 1 FROM ${table('orders')} AS s
    WHERE s.id = p.source_id AND s.state = 'paid' AND s.kind = '${kind}' AND s.total > 0`;
  const exists = (name: string, condition = 'true') =>
    `SELECT 1 FROM ${table(name)} AS s WHERE s.id = p.source_id AND ${condition}`;
  const ofKind = (kind: 'primary' | 'resale') =>
    `EXISTS (SELECT 1 FROM ${table('orders')} AS o WHERE o.id = s.order_id AND o.kind = '${kind}')`;
  const undoing = "s.kind <> 'resold' AND (s.amount > 0 OR s.kind = 'event_cancelled')";
  const founded: Readonly<Partial<Record<Kind, string>>> = {
    sale: paid('primary'),
    resale: paid('resale'),
    unexpected_payment: exists('payments', "s.state = 'succeeded'"),
    refund: exists('refunds', "s.state = 'succeeded'"),
    gift_card_issue: exists(
      'gift_cards',
      `NOT EXISTS (SELECT 1 FROM ${table('order_refunds')} AS r WHERE r.credit_card_id = s.id)`,
    ),
    // Of a cancelled event also where the seller of a resale had back all that they paid.
    order_refund: exists('order_refunds', `${undoing} AND ${ofKind('primary')}`),
    claw_back: exists('order_refunds', `${undoing} AND ${ofKind('resale')}`),
    resale_refund: exists('order_refunds', "s.kind = 'resold'"),
    refund_credit: exists('order_refunds', 's.credit > 0'),
    gift_card_refund: exists('gift_card_refunds'),
    payout: exists('payouts'),
    payout_settled: exists('payouts', "s.state = 'paid'"),
    payout_returned: exists('payouts', "s.state IN ('failed', 'cancelled')"),
  };
  const covered = Object.keys(founded).map((kind) => `'${kind}'`);
  const names = columns.map(({ name }) => `p."${name}"`).join(', ');

  return async <Row>(sql: Sql, scope: Scope, limit: number): Promise<Row[]> => {
    const given = Object.entries({
      organizer_id: scope.organizerId,
      event_id: scope.eventId,
    }).flatMap(([column, value]): [string, Bound][] =>
      value === undefined ? [] : [[column, value]],
    );
    const within = given.map(([column]) => ` AND p.${column} = ?`).join('');
    const ask = (condition: string) =>
      `SELECT ${names} FROM ${table('postings')} AS p WHERE ${condition}${within}`;
    const questions = [
      ask(`p.kind NOT IN (${covered.join(', ')})`),
      ...Object.entries(founded).map(([kind, record]) =>
        ask(`p.kind = '${kind}' AND NOT EXISTS (${record})`),
      ),
    ];
    return sql.rows<Row>(columns, `${questions.join(' UNION ALL ')} ORDER BY id LIMIT ?`, [
      ...questions.flatMap(() => given.map(([, value]) => value)),
      limit,
    ]);
  };
}
