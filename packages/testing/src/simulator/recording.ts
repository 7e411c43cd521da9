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

/** A transaction that notes what it writes. What the simulator does not follow passes unseen. */
export function recording(tx: WriteTx, written: Written): WriteTx {
  const { inventory, pricing, orders, payments, tickets, resale, giftCards, checkin } = tx;
  return {
    ...tx,
    inventory: {
      ...inventory,
      pools: changes(inventory.pools, written.pool),
      holds: changes(inventory.holds, written.hold),
      blocks: changes(inventory.blocks, written.block),
      async openCounters(rows) {
        await inventory.openCounters(rows);
        written.capacities.push(...rows);
      },
      async resize(eventId, targetId, capacity) {
        const done = await inventory.resize(eventId, targetId, capacity);
        if (done) written.capacities.push({ targetId, capacity });
        return done;
      },
    },
    pricing: { ...pricing, codes: changes(pricing.codes, written.code) },
    orders: { ...orders, orders: changes(orders.orders, written.order) },
    payments: {
      ...payments,
      payments: changes(payments.payments, written.payment),
      refunds: changes(payments.refunds, written.refund),
    },
    tickets: {
      ...tickets,
      tickets: changes(tickets.tickets, written.ticket),
      revocations: inserts(tickets.revocations, written.revocation),
    },
    resale: { ...resale, listings: changes(resale.listings, written.listing) },
    giftCards: {
      ...giftCards,
      cards: changes(giftCards.cards, written.card),
      refunds: inserts(giftCards.refunds, written.cardRefund),
    },
    checkin: { ...checkin, scans: inserts(checkin.scans, written.scan) },
    ledger: {
      ...tx.ledger,
      async append(postings, entries) {
        await tx.ledger.append(postings, entries);
        for (const posting of postings) {
          const own = entries.filter(({ postingId }) => postingId === posting.id);
          written.postings.push({ posting, entries: own });
        }
      },
    },
    outbox: {
      ...tx.outbox,
      async append(rows) {
        await tx.outbox.append(rows);
        written.outbox.push(...rows);
      },
    },
    idempotency: {
      ...tx.idempotency,
      async insert(rows, now) {
        const kept = await tx.idempotency.insert(rows, now);
        written.answers.push(...rows);
        return kept;
      },
    },
  };
}
