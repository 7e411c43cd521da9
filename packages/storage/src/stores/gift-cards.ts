import {
  type CardAmount,
  type CreditDecision,
  type GiftCardDrift,
  type GiftCardRecord,
  type GiftCardRefundRecord,
  type GiftCardUseRecord,
  type GiftCardWrites,
  LostRace,
  type UseRefund,
} from '@ticketi/core';
import { columnsOf } from '../columns.ts';
import type { Dialect } from '../dialect/dialect.ts';
import { lookupAll, turns, type Verb, writing } from '../gathering.ts';
import { withRows } from '../rows.ts';
import type { Sql } from '../sql.ts';
import {
  defineTable,
  equals,
  type FilterOf,
  insertOf,
  insertsOf,
  leads,
  statementsOf,
  walkOf,
  writesOf,
} from '../table.ts';

const cards = defineTable<GiftCardRecord>(
  'gift_cards',
  {
    id: 'text',
    organizerId: 'text',
    codeHash: 'text',
    lastFour: 'text',
    currency: 'text',
    loaded: 'integer',
    spent: 'integer',
    state: 'text',
    expiresAt: 'instant',
    note: 'text',
    createdAt: 'instant',
    revision: 'integer',
  },
  turns.giftCard,
);

const uses = defineTable<GiftCardUseRecord>('gift_card_uses', {
  id: 'text',
  organizerId: 'text',
  eventId: 'text',
  giftCardId: 'text',
  orderId: 'text',
  amount: 'integer',
  refunded: 'integer',
  usedAt: 'instant',
  expiresAt: 'instant',
  paidAt: 'instant',
  releasedAt: 'instant',
});

const refunds = defineTable<GiftCardRefundRecord>('gift_card_refunds', {
  id: 'text',
  organizerId: 'text',
  eventId: 'text',
  giftCardId: 'text',
  orderId: 'text',
  useId: 'text',
  orderRefundId: 'text',
  amount: 'integer',
  createdAt: 'instant',
});

const amounts = columnsOf<CardAmount>({ giftCardId: 'text', amount: 'integer' });
const useRefunds = columnsOf<UseRefund>({
  useId: 'text',
  giftCardId: 'text',
  amount: 'integer',
});
const drifts = columnsOf<GiftCardDrift>({ giftCardId: 'text', spent: 'integer', uses: 'integer' });

interface Question {
  readonly ids: readonly string[];
  readonly now: string;
  readonly decision: CreditDecision;
}

interface Settled {
  readonly orderId: string;
  readonly now: string;
}

/** Not taken back, and not paid for good: to the letter as in the index `gift_card_uses_lapsing`. */
const LAPSING = 'released_at IS NULL AND expires_at IS NOT NULL';

export function giftCardStore(dialect: Dialect): (sql: Sql) => GiftCardWrites {
  const cardVerbs = writesOf<GiftCardRecord, FilterOf<GiftCardWrites['cards']>>(dialect, cards, {
    organizerId: leads('organizer_id'),
    state: equals('state'),
  });
  const useVerbs = insertsOf<GiftCardUseRecord, FilterOf<GiftCardWrites['uses']>>(dialect, uses, {
    giftCardId: leads('gift_card_id'),
  });
  const insertRefunds = insertOf(dialect, refunds);
  const walkCards = walkOf(dialect, cards, {
    // A card is of no event.
    eventId: (value) => ({ where: "? = ''", value }),
    organizerId: leads('organizer_id'),
  });
  const walkRefunds = walkOf(dialect, refunds, {
    eventId: equals('event_id'),
    organizerId: leads('organizer_id'),
  });
  const card = statementsOf(dialect, cards);
  const use = statementsOf(dialect, uses);
  const refund = statementsOf(dialect, refunds);
  const byHashes = lookupAll<GiftCardRecord>(
    turns.read,
    (sql, hashes) =>
      sql.rows<GiftCardRecord>(
        cards.columns,
        `${card.select} WHERE ${dialect.among('code_hash')} ORDER BY id`,
        [dialect.list(hashes)],
      ),
    ({ codeHash }) => codeHash,
  );
  const ofOrders = lookupAll<GiftCardUseRecord>(
    turns.read,
    (sql, orderIds) =>
      sql.rows<GiftCardUseRecord>(
        uses.columns,
        `${use.select} WHERE ${dialect.among('order_id')} ORDER BY id`,
        [dialect.list(orderIds)],
      ),
    ({ orderId }) => orderId,
  );
  const refundsOfUses = lookupAll<GiftCardRefundRecord>(
    turns.read,
    (sql, useIds) =>
      sql.rows<GiftCardRefundRecord>(
        refunds.columns,
        `${refund.select} WHERE ${dialect.among('use_id')} ORDER BY id`,
        [dialect.list(useIds)],
      ),
    ({ useId }) => useId,
  );
  const takeBack = `UPDATE ${use.at} SET released_at = ?
    WHERE ${dialect.among('gift_card_id')} AND ${LAPSING} AND expires_at <= ?
    RETURNING gift_card_id, amount`;
  const spend = withRows<CardAmount>(
    dialect,
    amounts,
    (from) => `UPDATE ${card.at} AS c SET spent = c.spent + d.amount FROM ${from}
      WHERE c.id = d.gift_card_id AND ${dialect.among('c.id')}
        AND c.spent + d.amount BETWEEN 0 AND c.loaded`,
  );
  const raiseRefunded = withRows<UseRefund>(
    dialect,
    useRefunds,
    (from) => `UPDATE ${use.at} AS u SET refunded = u.refunded + d.amount FROM ${from}
      WHERE u.id = d.use_id AND ${dialect.among('u.id')} AND u.paid_at IS NOT NULL
        AND u.refunded + d.amount <= u.amount`,
  );

  /** Changes what cards have spent, one row each; the caller has their locks. */
  async function addSpent(sql: Sql, changes: readonly CardAmount[]): Promise<void> {
    const sums = summed(changes);
    if (sums.length === 0) return;
    const ids = dialect.list(sums.map(({ giftCardId }) => giftCardId));
    await sql.send(...spend(sums, [ids]), (changed) => {
      if (changed !== sums.length) throw new LostRace('A gift card has not what was to be taken.');
    });
  }

  async function lowerSpent(sql: Sql, freed: readonly CardAmount[]): Promise<void> {
    await addSpent(
      sql,
      freed.map(({ giftCardId, amount }) => ({ giftCardId, amount: -amount })),
    );
  }

  /** The cards, locked in ascending order, with what lapsed taken back. */
  async function lock(sql: Sql, ids: readonly string[], now: string): Promise<GiftCardRecord[]> {
    if (ids.length === 0) return [];
    const list = dialect.list([...new Set(ids)]);
    const locked = await sql.rows<GiftCardRecord>(cards.columns, card.findForUpdate, [list]);
    const freed = summed(await sql.rows<CardAmount>(amounts, takeBack, [now, list, now]));
    if (freed.length === 0) return locked;
    await lowerSpent(sql, freed);
    return locked.map((row) => withSpent(row, freed, -1));
  }

  const decide: Verb<Question, ReturnType<CreditDecision>> = {
    turn: turns.giftCard,
    async one(sql, question) {
      for (const taken of await decide.many(sql, [question])) return taken;
      throw new Error('A question got no answer.');
    },
    async many(sql, questions) {
      const now = questions[0]?.now ?? '';
      let left = await lock(
        sql,
        questions.flatMap(({ ids }) => ids),
        now,
      );
      return questions.map(({ ids, decision }) => {
        const asked = ids.flatMap((id) => left.filter((row) => row.id === id));
        const taken = decision(asked);
        // A refusal takes nothing.
        if (!('code' in taken)) left = left.map((row) => withSpent(row, taken, 1));
        return taken;
      });
    },
  };
  const take = writing<CardAmount>(turns.write, addSpent);
  const settle = writing<Settled>(turns.write, async (sql, settled) => {
    const [first] = settled;
    if (first === undefined) return;
    await sql.send(
      `UPDATE ${use.at} SET expires_at = NULL, paid_at = ?, released_at = NULL
       WHERE ${dialect.among('order_id')}`,
      [first.now, dialect.list(settled.map(({ orderId }) => orderId))],
    );
  });

  return (sql) => ({
    cards: {
      ...cardVerbs(sql),
      findByHashes: (hashes) => sql.ask(byHashes, hashes),
      walk: walkCards(sql),
    },
    uses: {
      ...useVerbs(sql),
      ofOrder: (orderId) => sql.ask(ofOrders, [orderId]),
      ofOrders: (orderIds) => sql.ask(ofOrders, orderIds),
    },
    refunds: {
      insert: insertRefunds(sql),
      ofUses: (useIds) => sql.ask(refundsOfUses, useIds),
      walk: walkRefunds(sql),
    },
    async lapsed(ids, now) {
      if (ids.length === 0) return [];
      return sql.rows<CardAmount>(
        amounts,
        `SELECT gift_card_id, sum(amount) AS amount FROM ${use.at}
         WHERE ${dialect.among('gift_card_id')} AND ${LAPSING} AND expires_at <= ?
         GROUP BY gift_card_id ORDER BY gift_card_id`,
        [dialect.list(ids), now],
      );
    },
    drift: () =>
      sql.rows<GiftCardDrift>(
        drifts,
        `SELECT gift_card_id, spent, uses FROM (
           SELECT c.id AS gift_card_id, c.spent,
                  (SELECT coalesce(sum(u.amount - u.refunded), 0) FROM ${use.at} AS u
                   WHERE u.gift_card_id = c.id AND u.released_at IS NULL) AS uses
           FROM ${card.at} AS c) AS cards
         WHERE spent <> uses
         ORDER BY gift_card_id`,
      ),
    decide: (ids, now, decision) => sql.ask(decide, { ids, now, decision }),
    take: (taken) => sql.ask(take, taken),
    settle: (orderId, now) => sql.ask(settle, [{ orderId, now }]),
    async release(orderIds, now) {
      if (orderIds.length === 0) return;
      const freed = await sql.rows<CardAmount>(
        amounts,
        `UPDATE ${use.at} SET released_at = ?
         WHERE ${dialect.among('order_id')} AND ${LAPSING}
         RETURNING gift_card_id, amount`,
        [now, dialect.list(orderIds)],
      );
      await lowerSpent(sql, freed);
    },
    async giveBack(given) {
      if (given.length === 0) return;
      const ids = dialect.list(given.map(({ useId }) => useId));
      const changed = await sql.run(...raiseRefunded(given, [ids]));
      if (changed < given.length) throw new LostRace('A use has not paid what was to go back.');
      await lowerSpent(sql, given);
    },
  });
}

function withSpent(
  card: GiftCardRecord,
  changes: readonly CardAmount[],
  sign: 1 | -1,
): GiftCardRecord {
  const change = changes
    .filter(({ giftCardId }) => giftCardId === card.id)
    .reduce((sum, { amount }) => sum + amount, 0);
  return change === 0 ? card : { ...card, spent: card.spent + sign * change };
}

/** Amounts summed by card, in ascending order of cards. */
function summed(changes: readonly CardAmount[]): CardAmount[] {
  const sums = new Map<string, number>();
  for (const { giftCardId, amount } of changes) {
    sums.set(giftCardId, (sums.get(giftCardId) ?? 0) + amount);
  }
  return [...sums]
    .map(([giftCardId, amount]) => ({ giftCardId, amount }))
    .filter(({ amount }) => amount !== 0)
    .sort((a, b) => (a.giftCardId < b.giftCardId ? -1 : 1));
}
