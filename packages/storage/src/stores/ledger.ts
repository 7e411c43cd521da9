import {
  type AccountBalance,
  type EntryFilter,
  type EntryRecord,
  type LedgerWrites,
  type PostingRecord,
  pageFrom,
} from '@ticketi/core';
import { columnsOf } from '../columns.ts';
import type { Bound, Dialect } from '../dialect/dialect.ts';
import { lookup, lookupAll, turns, type Verb } from '../gathering.ts';
import type { Sql } from '../sql.ts';
import {
  conditionsOf,
  defineTable,
  equals,
  type Filters,
  insertOf,
  statementsOf,
} from '../table.ts';
import { unfoundedPostings } from './ledger-foundations.ts';
import { payoutStore } from './payouts.ts';

/** A key needs an event: what is of none has an empty one in the tables. */
type InTable<Row> = Omit<Row, 'eventId'> & { readonly eventId: string };

const inTable = <Row extends { readonly eventId: string | null }>(row: Row): InTable<Row> => ({
  ...row,
  eventId: row.eventId ?? '',
});
const postingOf = (row: InTable<PostingRecord>): PostingRecord => ({
  ...row,
  eventId: row.eventId || null,
});
const entryOf = (row: InTable<EntryRecord>): EntryRecord => ({
  ...row,
  eventId: row.eventId || null,
});

const postings = defineTable<InTable<PostingRecord>>('postings', {
  id: 'text',
  organizerId: 'text',
  eventId: 'text',
  kind: 'text',
  sourceId: 'text',
  currency: 'text',
  at: 'instant',
});

const entries = defineTable<InTable<EntryRecord>>('entries', {
  id: 'text',
  postingId: 'text',
  organizerId: 'text',
  eventId: 'text',
  account: 'text',
  party: 'text',
  item: 'text',
  currency: 'text',
  amount: 'integer',
  at: 'instant',
});

interface Booked {
  readonly postings: readonly PostingRecord[];
  readonly entries: readonly EntryRecord[];
}

const balances = columnsOf<AccountBalance>({
  account: 'text',
  currency: 'text',
  amount: 'integer',
});
const sums = columnsOf<Pick<AccountBalance, 'currency' | 'amount'>>({
  currency: 'text',
  amount: 'integer',
});

interface CurrencyEnds {
  readonly first: string | null;
  readonly last: string | null;
}
const ends = columnsOf<CurrencyEnds>({ first: 'text', last: 'text' });

const filters: Filters<EntryFilter> = {
  eventId: equals('event_id'),
  organizerId: equals('organizer_id'),
  account: equals('account'),
  currency: equals('currency'),
  party: equals('party'),
  from: (value) => ({ where: 'at >= ?', value }),
  until: (value) => ({ where: 'at < ?', value }),
};

export function ledgerStore(dialect: Dialect): (sql: Sql) => LedgerWrites {
  const beside = (column: string) => equals(dialect.aside(column));
  /** A party has few entries, its account may have all there are: `entries_party` leads. */
  const filtersOfParty: Filters<EntryFilter> = {
    ...filters,
    eventId: beside('event_id'),
    organizerId: beside('organizer_id'),
    account: beside('account'),
    currency: beside('currency'),
  };
  const insertPostings = insertOf(dialect, postings);
  const insertEntries = insertOf(dialect, entries);
  const posting = statementsOf(dialect, postings);
  const entry = statementsOf(dialect, entries);
  const unfounded = unfoundedPostings(dialect, postings.columns);
  const payouts = payoutStore(dialect);

  const readPostings = (column: 'id' | 'source_id') => (sql: Sql, keys: readonly string[]) =>
    sql.rows<InTable<PostingRecord>>(
      postings.columns,
      `${posting.select} WHERE ${dialect.among(column)} ORDER BY id`,
      [dialect.list(keys)],
    );
  const find = lookup(turns.read, readPostings('id'), ({ id }) => id);
  const findMany = lookupAll(turns.read, readPostings('id'), ({ id }) => id);
  const ofSources = lookupAll(turns.read, readPostings('source_id'), ({ sourceId }) => sourceId);

  const append: Verb<Booked, void> = {
    turn: turns.write,
    async one(sql, booked) {
      await insertPostings(sql)(booked.postings.map(inTable));
      await insertEntries(sql)(booked.entries.map(inTable));
    },
    async many(sql, questions) {
      await append.one(sql, {
        postings: questions.flatMap((booked) => booked.postings),
        entries: questions.flatMap((booked) => booked.entries),
      });
      return questions.map(() => undefined);
    },
  };

  /** The conditions of a filter, and of what else is asked. */
  const where = (
    filter: EntryFilter,
    ...more: readonly (readonly [string, readonly Bound[]])[]
  ) => {
    const own = filter.party === undefined ? filters : filtersOfParty;
    const given = conditionsOf(dialect, own, filter);
    const conditions = [
      ...given.map(({ where }) => where),
      ...more.map(([condition]) => condition),
    ];
    return {
      text: conditions.length === 0 ? '' : ` WHERE ${conditions.join(' AND ')}`,
      values: [...given.map(({ value }) => value), ...more.flatMap(([, values]) => values)],
    };
  };

  return (sql) => ({
    postings: {
      async find(id) {
        const row = await sql.ask(find, id);
        return row && postingOf(row);
      },
      findMany: async (ids) => (await sql.ask(findMany, ids)).map(postingOf),
      ofSources: async (sourceIds) => (await sql.ask(ofSources, sourceIds)).map(postingOf),
      async inPeriod(filter, { limit, after }) {
        const [afterId] = after ?? [];
        const last = afterId === undefined ? undefined : await sql.ask(find, afterId);
        const { text, values } = where(
          filter,
          ...(last === undefined ? [] : [['(at, id) > (?, ?)', [last.at, last.id]] as const]),
        );
        const rows = await sql.rows<InTable<PostingRecord>>(
          postings.columns,
          `${posting.select}${text} ORDER BY at, id LIMIT ?`,
          [...values, limit + 1],
        );
        return pageFrom(rows.map(postingOf), limit, ({ id }) => [id]);
      },
      unfounded: async (scope, limit) => {
        const rows = await unfounded<InTable<PostingRecord>>(sql, scope, limit);
        return rows.map(postingOf);
      },
    },
    async entriesOf(postingIds) {
      if (postingIds.length === 0) return [];
      const rows = await sql.rows<InTable<EntryRecord>>(
        entries.columns,
        `${entry.select} WHERE ${dialect.among('posting_id')} ORDER BY posting_id, id`,
        [dialect.list(postingIds)],
      );
      return rows.map(entryOf);
    },
    async lines(filter, { after, limit }) {
      const { text, values } = where(
        filter,
        ...(after === undefined
          ? []
          : [['(at, posting_id, id) > (?, ?, ?)', [after.at, after.postingId, after.id]] as const]),
      );
      const rows = await sql.rows<InTable<EntryRecord>>(
        entries.columns,
        `${entry.select}${text} ORDER BY at, posting_id, id LIMIT ?`,
        [...values, limit],
      );
      return rows.map(entryOf);
    },
    async sum(filter, upTo) {
      const { text, values } = where(
        filter,
        ...(upTo === undefined
          ? []
          : [['(at, posting_id, id) <= (?, ?, ?)', [upTo.at, upTo.postingId, upTo.id]] as const]),
      );
      const [row] = await sql.rows<{ readonly amount: number }>(
        sums,
        `SELECT coalesce(sum(amount), 0) AS amount FROM ${entry.at}${text}`,
        values,
      );
      return row?.amount ?? 0;
    },
    async currencies(filter) {
      const { text, values } = where(filter);
      // Each is the end of an index; all there are would be read from all of it.
      // Of a party there are few: by what no index is sorted by, none but its own is read.
      const key = filter.party === undefined ? 'currency' : "currency || ''";
      const end = (direction: 'ASC' | 'DESC') =>
        `(SELECT currency FROM ${entry.at}${text} ORDER BY ${key} ${direction} LIMIT 1)`;
      const [found] = await sql.rows<CurrencyEnds>(
        ends,
        `SELECT ${end('ASC')} AS first, ${end('DESC')} AS last`,
        [...values, ...values],
      );
      return [...new Set([found?.first, found?.last])].filter((code) => typeof code === 'string');
    },
    async balances(filter) {
      const { text, values } = where(filter);
      return sql.rows<AccountBalance>(
        balances,
        `SELECT account, currency, sum(amount) AS amount FROM ${entry.at}${text}
         GROUP BY account, currency ORDER BY account, currency`,
        values,
      );
    },
    async strays(scope, limit) {
      const { text, values } = where(scope, [
        `NOT EXISTS (SELECT 1 FROM ${posting.at} AS p WHERE p.id = posting_id)`,
        [],
      ]);
      const rows = await sql.rows<InTable<EntryRecord>>(
        entries.columns,
        `${entry.select}${text} ORDER BY posting_id, id LIMIT ?`,
        [...values, limit],
      );
      return rows.map(entryOf);
    },
    offBalance: () =>
      sql.rows<Pick<AccountBalance, 'currency' | 'amount'>>(
        sums,
        `SELECT currency, sum(amount) AS amount FROM ${entry.at}
         GROUP BY currency HAVING sum(amount) <> 0 ORDER BY currency`,
      ),
    payouts: payouts(sql),
    append: (newPostings, newEntries) =>
      sql.ask(append, { postings: newPostings, entries: newEntries }),
  });
}
