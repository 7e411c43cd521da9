import type { WriteTx } from '@ticketi/core';
import type { Dialect } from '../dialect/dialect.ts';
import type { Sql } from '../sql.ts';
import { checkinStore } from './checkin.ts';
import { eventStore } from './events.ts';
import { giftCardStore } from './gift-cards.ts';
import { inventoryStore } from './inventory.ts';
import { invoiceStore } from './invoices.ts';
import { idempotencyStore, leaseStore, secretStore } from './kernel.ts';
import { ledgerStore } from './ledger.ts';
import { orderStore } from './orders.ts';
import { organizerStore } from './organizers.ts';
import { auditStore, outboxStore } from './outbox.ts';
import { paymentStore } from './payments.ts';
import { pricingStore } from './pricing.ts';
import { questionStore } from './questions.ts';
import { refundStore } from './refunds.ts';
import { resaleStore } from './resale.ts';
import { seatingStore } from './seating.ts';
import { ticketStore } from './tickets.ts';
import { transferStore } from './transfers.ts';
import { waitlistStore } from './waitlist.ts';
import { webhookStore } from './webhooks.ts';

/**
 * The stores of every room. Their statements are made once for a storage; what
 * comes back binds them to a transaction.
 */
export function storesOf(dialect: Dialect): (sql: Sql) => WriteTx {
  const bound = boundWhenAsked({
    organizers: organizerStore(dialect),
    events: eventStore(dialect),
    seating: seatingStore(dialect),
    inventory: inventoryStore(dialect),
    pricing: pricingStore(dialect),
    questions: questionStore(dialect),
    orders: orderStore(dialect),
    payments: paymentStore(dialect),
    giftCards: giftCardStore(dialect),
    invoices: invoiceStore(dialect),
    tickets: ticketStore(dialect),
    checkin: checkinStore(dialect),
    transfers: transferStore(dialect),
    resale: resaleStore(dialect),
    waitlist: waitlistStore(dialect),
    refunds: refundStore(dialect),
    ledger: ledgerStore(dialect),
    outbox: outboxStore(dialect),
    audit: auditStore(dialect),
    webhooks: webhookStore(dialect),
    idempotency: idempotencyStore(dialect),
    leases: leaseStore(dialect),
    secrets: secretStore(dialect),
    together:
      (sql): WriteTx['together'] =>
      (tasks) =>
        sql.together(tasks.map((task) => (own) => task(bound(own)))),
  } satisfies Rooms);
  return bound;
}

/** How each part of a transaction is bound to it. */
type Rooms = { readonly [Room in keyof WriteTx]: (sql: Sql) => WriteTx[Room] };

/**
 * Binds each store when it is first asked for: a command of a batch needs few of them.
 * What binds them is on one prototype, since an object with twenty accessors of its own
 * costs a command more than its stores.
 */
function boundWhenAsked(rooms: Rooms): (sql: Sql) => WriteTx {
  class Bound {
    readonly sql: Sql;
    readonly made: Record<string, unknown> = {};
    constructor(sql: Sql) {
      this.sql = sql;
    }
  }
  for (const [room, bind] of Object.entries(rooms)) {
    Object.defineProperty(Bound.prototype, room, {
      get(this: Bound) {
        this.made[room] ??= bind(this.sql);
        return this.made[room];
      },
    });
  }
  return (sql) => new Bound(sql) as Bound & WriteTx;
}
