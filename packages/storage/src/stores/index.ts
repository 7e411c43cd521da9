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
import { webhookStore } from './webhooks.ts';

/**
 * The stores of every room. Their statements are made once for a storage; what
 * comes back binds them to a transaction.
 */
export function storesOf(dialect: Dialect): (sql: Sql) => WriteTx {
  const stores = {
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
    resale: resaleStore(dialect),
    refunds: refundStore(dialect),
    ledger: ledgerStore(dialect),
    outbox: outboxStore(dialect),
    audit: auditStore(dialect),
    webhooks: webhookStore(dialect),
    idempotency: idempotencyStore(dialect),
    leases: leaseStore(dialect),
    secrets: secretStore(dialect),
  };
  /** Each store is made when it is first asked for: a command of a batch needs few of them. */
  const bind = (sql: Sql): WriteTx => {
    const made: { -readonly [Room in keyof WriteTx]?: WriteTx[Room] } = {};
    return {
      together: (tasks) => sql.together(tasks.map((task) => (own) => task(bind(own)))),
      get organizers() {
        made.organizers ??= stores.organizers(sql);
        return made.organizers;
      },
      get events() {
        made.events ??= stores.events(sql);
        return made.events;
      },
      get seating() {
        made.seating ??= stores.seating(sql);
        return made.seating;
      },
      get inventory() {
        made.inventory ??= stores.inventory(sql);
        return made.inventory;
      },
      get pricing() {
        made.pricing ??= stores.pricing(sql);
        return made.pricing;
      },
      get questions() {
        made.questions ??= stores.questions(sql);
        return made.questions;
      },
      get orders() {
        made.orders ??= stores.orders(sql);
        return made.orders;
      },
      get payments() {
        made.payments ??= stores.payments(sql);
        return made.payments;
      },
      get giftCards() {
        made.giftCards ??= stores.giftCards(sql);
        return made.giftCards;
      },
      get invoices() {
        made.invoices ??= stores.invoices(sql);
        return made.invoices;
      },
      get tickets() {
        made.tickets ??= stores.tickets(sql);
        return made.tickets;
      },
      get checkin() {
        made.checkin ??= stores.checkin(sql);
        return made.checkin;
      },
      get resale() {
        made.resale ??= stores.resale(sql);
        return made.resale;
      },
      get refunds() {
        made.refunds ??= stores.refunds(sql);
        return made.refunds;
      },
      get ledger() {
        made.ledger ??= stores.ledger(sql);
        return made.ledger;
      },
      get outbox() {
        made.outbox ??= stores.outbox(sql);
        return made.outbox;
      },
      get audit() {
        made.audit ??= stores.audit(sql);
        return made.audit;
      },
      get webhooks() {
        made.webhooks ??= stores.webhooks(sql);
        return made.webhooks;
      },
      get idempotency() {
        made.idempotency ??= stores.idempotency(sql);
        return made.idempotency;
      },
      get leases() {
        made.leases ??= stores.leases(sql);
        return made.leases;
      },
      get secrets() {
        made.secrets ??= stores.secrets(sql);
        return made.secrets;
      },
    };
  };
  return bind;
}
