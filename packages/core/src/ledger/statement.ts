import * as z from 'zod';
import { Currency, Instant, idOf, pageFrom, type ReadContext, sumOf } from '../kernel/index.ts';
import { Account, Item } from './accounts.ts';
import { type EntryRecord, PostingKind } from './posting.ts';
import type { EntryFilter, Position } from './store.ts';

const Minor = z.int().meta({ description: 'Minor units; debit positive, credit negative.' });

const StatementLine = z
  .object({
    id: idOf('ent'),
    postingId: idOf('pst'),
    at: Instant,
    kind: PostingKind,
    sourceId: z.string().meta({ description: 'Id of the record that is booked.' }),
    eventId: idOf('evt').nullable(),
    party: z.string().nullable(),
    item: Item,
    amount: Minor,
    balance: Minor.meta({ description: 'The balance after this line.' }),
  })
  .meta({ id: 'StatementLine' });
type StatementLine = z.output<typeof StatementLine>;

export const Statement = z
  .object({
    organizerId: idOf('org'),
    eventId: idOf('evt').nullable(),
    account: Account,
    party: z.string().nullable(),
    currency: Currency.nullable().meta({ description: 'Null: nothing was ever booked.' }),
    from: Instant.nullable(),
    until: Instant.nullable(),
    opening: Minor.meta({ description: 'The balance before the first line of this page.' }),
    items: z.array(StatementLine),
    closing: Minor.meta({
      description: 'The balance after the last line: the opening one of the next page.',
    }),
    nextCursor: z.string().nullable(),
  })
  .meta({ id: 'Statement', description: 'What changed an account, line by line.' });

/** A page of an account: what it held before, and each entry with the balance after it. */
export async function statementPage(
  { tx }: Pick<ReadContext, 'tx'>,
  filter: EntryFilter,
  { after, limit }: { after: Position | undefined; limit: number },
): Promise<Pick<z.output<typeof Statement>, 'opening' | 'items' | 'closing' | 'nextCursor'>> {
  // The first page opens with all that was before it, another one with what was up to its cursor.
  const { from, until: _until, ...ever } = filter;
  const opening =
    after !== undefined
      ? await tx.ledger.sum(ever, after)
      : from === undefined
        ? 0
        : await tx.ledger.sum({ ...ever, until: from });
  const entries = await tx.ledger.lines(filter, { after, limit: limit + 1 });
  const { items, nextCursor } = pageFrom(entries, limit, ({ postingId, id }) => [postingId, id]);
  return {
    opening,
    items: await withBalances(tx, items, opening),
    closing: opening + sumOf(items, ({ amount }) => amount),
    nextCursor,
  };
}

async function withBalances(
  tx: ReadContext['tx'],
  entries: readonly EntryRecord[],
  opening: number,
): Promise<StatementLine[]> {
  const found = await tx.ledger.postings.findMany([
    ...new Set(entries.map(({ postingId }) => postingId)),
  ]);
  const postings = new Map(found.map((posting) => [posting.id, posting]));
  let balance = opening;
  return entries.map(({ id, postingId, at, eventId, party, item, amount }) => {
    const posting = postings.get(postingId);
    if (posting === undefined) throw new Error(`Entry ${id} has no posting.`);
    balance += amount;
    const { kind, sourceId } = posting;
    return { id, postingId, at, kind, sourceId, eventId, party, item, amount, balance };
  });
}

/** The entry that a cursor names; undefined when there is none such. */
export async function positionOf(
  { tx }: Pick<ReadContext, 'tx'>,
  [postingId = '', id = '']: readonly string[],
): Promise<Position | undefined> {
  const entries = await tx.ledger.entriesOf([postingId]);
  return entries.find((entry) => entry.id === id);
}
