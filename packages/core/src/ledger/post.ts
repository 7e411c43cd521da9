import type { WriteContext } from '../kernel/index.ts';
import type { Account, Item } from './accounts.ts';
import type { EntryRecord, PostingKind, PostingRecord } from './posting.ts';

/** One side of a posting: debit positive, credit negative, minor units. One of zero is not booked. */
export interface Side {
  readonly account: Account;
  readonly item: Item;
  readonly amount: number;
  readonly party?: string;
}

/** What a posting books. */
export type Source = Pick<PostingRecord, 'organizerId' | 'eventId' | 'currency'> & { id: string };

/** Writes a posting, in the transaction of what it books; none where nothing changes. */
export async function post(
  { tx, ids, now }: WriteContext,
  kind: PostingKind,
  source: Source,
  sides: readonly Side[],
): Promise<void> {
  const sum = sides.reduce((total, side) => total + side.amount, 0);
  if (sum !== 0) throw new Error(`The ${kind} of ${source.id} is off balance by ${sum}.`);
  if (sides.every(({ amount }) => amount === 0)) return;
  const { organizerId, eventId, currency } = source;
  const posting: PostingRecord = {
    id: ids.next('pst'),
    organizerId,
    eventId,
    kind,
    sourceId: source.id,
    currency,
    at: now,
  };
  const entries: EntryRecord[] = sides
    .filter(({ amount }) => amount !== 0)
    .map(({ account, item, amount, party }) => ({
      id: ids.next('ent'),
      postingId: posting.id,
      organizerId,
      eventId,
      account,
      party: party ?? null,
      item,
      currency,
      amount,
      at: now,
    }));
  await tx.ledger.append([posting], entries);
}
