import type { Revised, WriteStore, WriteTx } from '@ticketi/core';
import type { Change, Written } from './journal.ts';

type Insert<Row> = { insert(rows: readonly Row[]): Promise<void> };

/** The same store, which also notes what is inserted. */
function inserts<Row, Store extends Insert<Row>>(store: Store, into: Change<Row>[]): Store {
  return {
    ...store,
    async insert(rows: readonly Row[]) {
      await store.insert(rows);
      for (const next of rows) into.push({ was: undefined, next });
    },
  };
}

/** The same store, which also notes what is inserted and saved. */
function changes<Row extends Revised, Store extends WriteStore<Row, never>>(
  store: Store,
  into: Change<Row>[],
): Store {
  return {
    ...inserts<Row, Store>(store, into),
    async save(next: Row, was: Row) {
      await store.save(next, was);
      into.push({ was, next: { ...next, revision: was.revision + 1 } });
    },
  };
}

/** How stores are made out of those of a transaction, where they are others. */
type Noting = {
  readonly [Room in keyof WriteTx]?: (own: WriteTx[Room], written: Written) => WriteTx[Room];
};

const noting: Noting = {
  organizers: (own, written) => ({
    ...own,
    signingKeys: changes(own.signingKeys, written.key),
  }),
  inventory: (own, written) => ({
    ...own,
    pools: changes(own.pools, written.pool),
    holds: changes(own.holds, written.hold),
    blocks: changes(own.blocks, written.block),
    async openCounters(rows) {
      await own.openCounters(rows);
      written.capacities.push(...rows);
    },
    async resize(eventId, targetId, capacity) {
      const done = await own.resize(eventId, targetId, capacity);
      if (done) written.capacities.push({ targetId, capacity });
      return done;
    },
  }),
  pricing: (own, written) => ({ ...own, codes: changes(own.codes, written.code) }),
  orders: (own, written) => ({ ...own, orders: changes(own.orders, written.order) }),
  payments: (own, written) => ({
    ...own,
    payments: changes(own.payments, written.payment),
    refunds: changes(own.refunds, written.refund),
  }),
  tickets: (own, written) => ({
    ...own,
    tickets: changes(own.tickets, written.ticket),
    revocations: inserts(own.revocations, written.revocation),
    custody: {
      ...own.custody,
      async insert(rows) {
        await own.custody.insert(rows);
        written.custody.push(...rows);
      },
    },
  }),
  transfers: (own, written) => ({
    ...own,
    transfers: changes(own.transfers, written.transfer),
  }),
  resale: (own, written) => ({ ...own, listings: changes(own.listings, written.listing) }),
  waitlist: (own, written) => ({
    ...own,
    entries: {
      ...changes(own.entries, written.entry),
      async admit(next) {
        await own.entries.admit(next);
        written.entry.push({ was: undefined, next });
      },
    },
    offers: changes(own.offers, written.offer),
  }),
  giftCards: (own, written) => ({
    ...own,
    cards: changes(own.cards, written.card),
    refunds: inserts(own.refunds, written.cardRefund),
  }),
  checkin: (own, written) => ({ ...own, scans: changes(own.scans, written.scan) }),
  refunds: (own, written) => ({
    ...own,
    orderRefunds: inserts(own.orderRefunds, written.orderRefund),
  }),
  ledger: (own, written) => ({
    ...own,
    payouts: changes(own.payouts, written.payout),
    async append(postings, entries) {
      await own.append(postings, entries);
      for (const posting of postings) {
        const its = entries.filter(({ postingId }) => postingId === posting.id);
        written.postings.push({ posting, entries: its });
      }
    },
  }),
  outbox: (own, written) => ({
    ...own,
    async append(rows) {
      await own.append(rows);
      written.outbox.push(...rows);
    },
  }),
  idempotency: (own, written) => ({
    ...own,
    async insert(rows, now) {
      const kept = await own.insert(rows, now);
      written.answers.push(...rows);
      return kept;
    },
  }),
};

const isRoom = (name: string): name is keyof WriteTx => name in noting;
const ROOMS = Object.keys(noting).filter(isRoom);

/**
 * A transaction that notes what it writes. What the simulator does not follow it
 * inherits, and passes unseen. Stores are made when they are first asked for, as
 * those are that they stand on.
 */
export function recording(tx: WriteTx, written: Written, together: WriteTx['together']): WriteTx {
  const noted: WriteTx = Object.create(tx, { together: { value: together, enumerable: true } });
  const store = <Room extends keyof WriteTx>(room: Room): WriteTx[Room] =>
    noting[room]?.(tx[room], written) ?? tx[room];
  for (const room of ROOMS) {
    Object.defineProperty(noted, room, {
      configurable: true,
      enumerable: true,
      get() {
        const value = store(room);
        Object.defineProperty(noted, room, { value, enumerable: true });
        return value;
      },
    });
  }
  return noted;
}
