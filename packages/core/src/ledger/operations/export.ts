import * as z from 'zod';
import { EventId } from '../../events/index.ts';
import {
  Currency,
  Instant,
  idOf,
  invalidCursor,
  isRefusal,
  pageInput,
  pageOf,
  pageRequest,
  read,
} from '../../kernel/index.ts';
import { OrganizerId } from '../../organizers/index.ts';
import { bookkeepers } from '../access.ts';
import { Account, Item } from '../accounts.ts';
import { periodInput } from '../period.ts';
import { PostingKind } from '../posting.ts';

const Minor = z.int().min(0).meta({ description: 'Minor units; 0: it is on the other side.' });

const LedgerRow = z
  .object({
    date: Instant,
    postingId: idOf('pst'),
    kind: PostingKind,
    sourceId: z.string().meta({ description: 'Id of the record that is booked.' }),
    eventId: idOf('evt').nullable(),
    account: Account,
    party: z.string().nullable(),
    item: Item,
    debit: Minor,
    credit: Minor,
    currency: Currency,
  })
  .meta({ id: 'LedgerRow', description: 'One entry of the books, as accountants have it.' });

export const exportLedger = read({
  name: 'ledger.export',
  summary:
    'The books of a stretch of time, entry by entry, oldest first. A page has whole postings only: `limit` counts these.',
  input: z.strictObject({
    organizerId: OrganizerId,
    eventId: EventId.optional(),
    ...periodInput,
    ...pageInput,
  }),
  output: pageOf(LedgerRow, 'LedgerRowPage'),
  allow: bookkeepers,
  run: async ({ tx }, { limit, cursor, ...filter }) => {
    const page = pageRequest({ limit, cursor });
    if (isRefusal(page)) return page;
    const [after] = page.after ?? [];
    if (cursor !== undefined && after !== undefined) {
      if ((await tx.ledger.postings.find(after)) === undefined) return invalidCursor({ cursor });
    }
    const { items, nextCursor } = await tx.ledger.postings.inPeriod(filter, page);
    const entries = Map.groupBy(
      await tx.ledger.entriesOf(items.map(({ id }) => id)),
      ({ postingId }) => postingId,
    );
    return {
      items: items.flatMap(({ id, at, kind, sourceId, eventId, currency }) =>
        (entries.get(id) ?? []).map(({ account, party, item, amount }) => ({
          date: at,
          postingId: id,
          kind,
          sourceId,
          eventId,
          account,
          party,
          item,
          debit: Math.max(0, amount),
          credit: Math.max(0, 0 - amount),
          currency,
        })),
      ),
      nextCursor,
    };
  },
});
