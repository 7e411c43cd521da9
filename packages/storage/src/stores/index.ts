import type { WriteTx } from '@ticketi/core';
import type { Dialect } from '../dialect/dialect.ts';
import type { Sql } from '../sql.ts';
import { checkinStore } from './checkin.ts';
import { eventStore } from './events.ts';
import { inventoryStore } from './inventory.ts';
import { idempotencyStore, secretStore } from './kernel.ts';
import { ledgerStore } from './ledger.ts';
import { orderStore } from './orders.ts';
import { organizerStore } from './organizers.ts';
import { paymentStore } from './payments.ts';
import { pricingStore } from './pricing.ts';
import { resaleStore } from './resale.ts';
import { ticketStore } from './tickets.ts';
import { auditStore, outboxStore } from './webhooks.ts';

/**
 * The stores of every room. Their statements are made once for a storage; what
 * comes back binds them to a transaction.
 */
export function storesOf(dialect: Dialect): (sql: Sql) => WriteTx {
  const stores = {
    organizers: organizerStore(dialect),
    events: eventStore(dialect),
    inventory: inventoryStore(dialect),
    pricing: pricingStore(dialect),
    orders: orderStore(dialect),
    payments: paymentStore(dialect),
    tickets: ticketStore(dialect),
    checkin: checkinStore(dialect),
    resale: resaleStore(dialect),
    ledger: ledgerStore(dialect),
    outbox: outboxStore(dialect),
    audit: auditStore(dialect),
    idempotency: idempotencyStore(dialect),
    secrets: secretStore(dialect),
  };
  return (sql) => ({
    organizers: stores.organizers(sql),
    events: stores.events(sql),
    inventory: stores.inventory(sql),
    pricing: stores.pricing(sql),
    orders: stores.orders(sql),
    payments: stores.payments(sql),
    tickets: stores.tickets(sql),
    checkin: stores.checkin(sql),
    resale: stores.resale(sql),
    ledger: stores.ledger(sql),
    outbox: stores.outbox(sql),
    audit: stores.audit(sql),
    idempotency: stores.idempotency(sql),
    secrets: stores.secrets(sql),
  });
}
