import type {
  AccountBalance,
  BalanceFilter,
  EntryRecord,
  LedgerWrites,
  PostingRecord,
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

const postings = defineTable<PostingRecord>('postings', {
  id: 'text',
  organizerId: 'text',
  eventId: 'text',
  kind: 'text',
  sourceId: 'text',
  currency: 'text',
  at: 'instant',
});

const entries = defineTable<EntryRecord>('entries', {
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
  const postingReads = readsOf<PostingRecord, BalanceFilter>(dialect, postings, filters);
  const insertPostings = insertOf(dialect, postings);
  const insertEntries = insertOf(dialect, entries);
  const entry = statementsOf(dialect, entries);
  const findings = ledgerFindings(dialect);

  const append: Verb<Booked, void> = {
    turn: turns.write,
    async one(sql, booked) {
      await insertPostings(sql)(booked.postings);
      await insertEntries(sql)(booked.entries);
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
    postings: postingReads(sql),
    async entriesOf(postingIds) {
      if (postingIds.length === 0) return [];
      return sql.rows<EntryRecord>(
        entries.columns,
        `${entry.select} WHERE ${dialect.among('posting_id')} ORDER BY posting_id, id`,
        [dialect.list(postingIds)],
      );
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
