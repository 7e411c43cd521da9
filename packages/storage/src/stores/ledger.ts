import type {
  AccountBalance,
  BalanceFilter,
  EntryRecord,
  LedgerWrites,
  PostingRecord,
  ReadStore,
} from '@ticketi/core';
import { columnsOf } from '../columns.ts';
import type { Dialect } from '../dialect/dialect.ts';
import { turns, type Verb } from '../gathering.ts';
import type { Sql } from '../sql.ts';
import {
  conditionsOf,
  defineTable,
  type Filters,
  insertOf,
  leads,
  readsOf,
  statementsOf,
} from '../table.ts';
import { ledgerFindings } from './ledger-verify.ts';

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
  currency: 'text',
  amount: 'integer',
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

const filters: Filters<BalanceFilter> = {
  eventId: leads('event_id'),
  organizerId: leads('organizer_id'),
};

export function ledgerStore(dialect: Dialect): (sql: Sql) => LedgerWrites {
  const postingReads = readsOf<InTable<PostingRecord>, BalanceFilter>(dialect, postings, filters);
  const insertPostings = insertOf(dialect, postings);
  const insertEntries = insertOf(dialect, entries);
  const entry = statementsOf(dialect, entries);
  const findings = ledgerFindings(dialect);

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

  return (sql) => ({
    postings: readsAs(postingReads(sql)),
    async entriesOf(postingIds) {
      if (postingIds.length === 0) return [];
      const rows = await sql.rows<InTable<EntryRecord>>(
        entries.columns,
        `${entry.select} WHERE ${dialect.among('posting_id')} ORDER BY posting_id, id`,
        [dialect.list(postingIds)],
      );
      return rows.map(entryOf);
    },
    balances: (filter) =>
      sql.select<AccountBalance>(balances, (knex) => {
        const query = knex
          .select('account', 'currency')
          .sum({ amount: 'amount' })
          .from(knex.raw(entry.at))
          .groupBy('account', 'currency')
          .orderBy(['account', 'currency']);
        for (const { where, value } of conditionsOf(dialect, filters, filter)) {
          query.whereRaw(where, [value]);
        }
        return query;
      }),
    verify: (filter) => findings(sql, filter),
    append: (newPostings, newEntries) =>
      sql.ask(append, { postings: newPostings, entries: newEntries }),
  });
}

/** Postings as the core has them. */
function readsAs(
  reads: ReadStore<InTable<PostingRecord>, BalanceFilter>,
): ReadStore<PostingRecord, BalanceFilter> {
  return {
    async find(id) {
      const row = await reads.find(id);
      return row && postingOf(row);
    },
    findMany: async (ids) => (await reads.findMany(ids)).map(postingOf),
    async list(filter, page) {
      const { items, nextCursor } = await reads.list(filter, page);
      return { items: items.map(postingOf), nextCursor };
    },
  };
}
