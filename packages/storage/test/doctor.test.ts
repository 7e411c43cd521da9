import type { Storage, WriteTx } from '@ticketi/core';
import Database from 'better-sqlite3';
import pg from 'pg';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { databases, type TestStorage } from './support/databases.ts';
import * as sample from './support/records.ts';
import { eventId, idOf, now, organizerId } from './support/records.ts';

describe.each(databases)('what doctor finds on %s', (name, create) => {
  let made: TestStorage;
  let storage: Storage;
  beforeEach(async () => {
    made = await create();
    storage = made.storage;
    await storage.write(wholeSale);
  });
  afterEach(() => made.drop());

  /** Order 1: paid, two tickets, booked. Order 2: paid and refunded. Order 3: unpaid. */
  async function wholeSale(tx: WriteTx): Promise<void> {
    await sample.seed(tx);
    await tx.inventory.holds.insert([1, 2, 3].map((n) => sample.hold(n)));
    await tx.orders.orders.insert([
      sample.order(1, sample.paid),
      sample.order(2, { ...sample.paid, refunded: 9800 }),
      sample.order(3),
    ]);
    await tx.payments.payments.insert([
      sample.payment(1, { orderId: idOf('ord', 2), state: 'succeeded', settledAt: now }),
    ]);
    await tx.payments.refunds.insert([
      sample.refund(1, { orderId: idOf('ord', 2), state: 'succeeded', settledAt: now }),
      sample.refund(2, { orderId: idOf('ord', 2) }),
    ]);
    const second = { orderId: idOf('ord', 2) };
    await tx.tickets.tickets.insert([
      sample.ticket(1),
      sample.ticket(2),
      sample.ticket(3, { ...second, ...sample.voided, voidReason: 'refunded' }),
      sample.ticket(4, { ...second, ...sample.voided, voidReason: 'refunded' }),
    ]);
    await tx.tickets.revocations.insert([sample.revocation(3), sample.revocation(4)]);
    await tx.ledger.append(
      [
        sample.posting(1),
        sample.posting(2),
        sample.posting(3, { kind: 'refund', sourceId: idOf('ref', 1) }),
      ],
      [...sample.entries(1, 9800), ...sample.entries(2, 9800), ...sample.entries(3, -9800)],
    );
  }

  /** Changes a row behind the library's back. */
  async function meddle(statement: string): Promise<void> {
    const at = (prefix: string) => statement.replaceAll('@', prefix);
    if (name === 'sqlite') {
      const database = new Database(made.at);
      database.exec(at('ticketi_'));
      database.close();
      return;
    }
    const client = new pg.Client(made.at);
    await client.connect();
    await client.query(at('ticketi.'));
    await client.end();
  }

  const unfounded = (scope: object = {}) =>
    storage.read(async ({ ledger }) =>
      (await ledger.postings.unfounded(scope, 100)).map(({ id }) => id),
    );
  const wrongTickets = () => storage.read(({ orders }) => orders.orders.withWrongTickets());

  test('nothing, when all is well', async () => {
    expect(await unfounded()).toEqual([]);
    expect(await wrongTickets()).toEqual([]);
    await storage.read(async ({ tickets, inventory, ledger }) => {
      expect(await tickets.tickets.doubledAdmissions()).toEqual([]);
      expect(await tickets.tickets.wrongRevocations()).toEqual([]);
      expect(await inventory.counterDrift()).toEqual([]);
      expect(await ledger.strays({}, 100)).toEqual([]);
      expect(await ledger.offBalance()).toEqual([]);
    });
  });

  test('a paid order with another number of tickets than it bought', async () => {
    await storage.write(({ tickets }) => tickets.tickets.insert([sample.ticket(5)]));
    await meddle(
      `UPDATE @tickets SET order_id = '${idOf('ord', 3)}' WHERE id = '${idOf('tkt', 4)}'`,
    );
    expect(await wrongTickets()).toEqual([
      { orderId: idOf('ord', 1), bought: 2, tickets: 3 },
      { orderId: idOf('ord', 2), bought: 2, tickets: 1 },
    ]);
  });

  test('two valid tickets for one place', async () => {
    await meddle(
      name === 'sqlite' ? 'DROP INDEX "ticketi_tickets_valid"' : 'DROP INDEX @tickets_valid',
    );
    await meddle(
      `UPDATE @tickets SET admission_id = '${idOf('tkt', 1)}' WHERE id = '${idOf('tkt', 2)}'`,
    );
    expect(await storage.read(({ tickets }) => tickets.tickets.doubledAdmissions())).toEqual([
      { admissionId: idOf('tkt', 1), valid: 2 },
    ]);
  });

  test('a valid ticket that is revoked, and a void one that is not', async () => {
    await storage.write(({ tickets }) => tickets.revocations.insert([sample.revocation(1)]));
    await meddle(`DELETE FROM @revocations WHERE id = '${idOf('tkt', 3)}'`);
    expect(await storage.read(({ tickets }) => tickets.tickets.wrongRevocations())).toEqual([
      { ticketId: idOf('tkt', 1), state: 'valid' },
      { ticketId: idOf('tkt', 3), state: 'void' },
    ]);
  });

  test('a gift card that has not spent what its uses took', async () => {
    await storage.write(async ({ giftCards }) => {
      await giftCards.cards.insert([
        sample.giftCard(1, { spent: 1700 }),
        sample.giftCard(2, { spent: 1 }),
      ]);
      await giftCards.uses.insert([
        sample.giftCardUse(1),
        sample.giftCardUse(2, { expiresAt: null, paidAt: now, refunded: 300 }),
        sample.giftCardUse(3, { releasedAt: now }),
      ]);
    });
    expect(await storage.read(({ giftCards }) => giftCards.drift())).toEqual([
      { giftCardId: idOf('gft', 2), spent: 1, uses: 0 },
    ]);
  });

  test('who waits for nothing, has an offer that is none, or is not known to wait', async () => {
    await storage.write(async ({ waitlist, events }) => {
      await waitlist.entries.insert([
        sample.entry(1),
        sample.entry(2),
        sample.entry(3, { state: 'offered' }),
        sample.entry(4, { state: 'accepted' }),
      ]);
      await waitlist.wishes.insert([sample.wish(1), sample.wish(4)]);
      await events.events.setWaited(eventId, [idOf('typ', 2)]);
    });
    expect(await storage.read(({ waitlist }) => waitlist.drift())).toEqual([
      { id: idOf('wle', 2), wrong: 'no_wish' },
      { id: idOf('wle', 3), wrong: 'offers' },
      { id: idOf('wle', 4), wrong: 'stray_wish' },
      { id: eventId, wrong: 'not_in_event' },
    ]);
  });

  test('postings of what does not exist, or is not in a state to be booked so', async () => {
    const ofNothing = { eventId: null, sourceId: 'nothing' } as const;
    await storage.write(async ({ giftCards, ledger }) => {
      await giftCards.cards.insert([sample.giftCard(1)]);
      await giftCards.uses.insert([sample.giftCardUse(1, { expiresAt: null, paidAt: now })]);
      await giftCards.refunds.insert([sample.giftCardRefund(1)]);
      await ledger.payouts.insert([sample.payout(1), sample.payout(2)]);
      await ledger.append(
        [
          sample.posting(10, { ...ofNothing, kind: 'gift_card_issue' }),
          sample.posting(11, { kind: 'gift_card_refund', sourceId: 'nothing' }),
          sample.posting(12, { kind: 'unexpected_payment', sourceId: 'nothing' }),
          // This refund was asked for, and is not known to have gone.
          sample.posting(13, { kind: 'refund', sourceId: idOf('ref', 2) }),
          sample.posting(14, { kind: 'resale', sourceId: idOf('ord', 1) }),
          sample.posting(15, { kind: 'sale', sourceId: idOf('ord', 3) }),
          sample.posting(16, { ...ofNothing, kind: 'payout' }),
          // These two are on their way.
          sample.posting(17, { ...ofNothing, kind: 'payout_settled', sourceId: idOf('pyt', 1) }),
          sample.posting(18, { ...ofNothing, kind: 'payout_returned', sourceId: idOf('pyt', 2) }),
          sample.posting(19, { kind: 'claw_back', sourceId: 'nothing' }),
          // And what is founded.
          sample.posting(20, { ...ofNothing, kind: 'gift_card_issue', sourceId: idOf('gft', 1) }),
          sample.posting(21, { kind: 'gift_card_refund', sourceId: idOf('gcr', 1) }),
          sample.posting(22, { ...ofNothing, kind: 'payout', sourceId: idOf('pyt', 1) }),
          sample.posting(23, { kind: 'unexpected_payment', sourceId: idOf('pay', 1) }),
        ],
        [],
      );
    });
    const wrong = [10, 11, 12, 13, 14, 15, 16, 17, 18, 19].map((n) => idOf('pst', n));
    expect(await unfounded()).toEqual(wrong);
    expect(await unfounded({ organizerId })).toEqual(wrong);
    expect(await unfounded({ organizerId, eventId })).toEqual(
      [11, 12, 13, 14, 15, 19].map((n) => idOf('pst', n)),
    );
    expect(await unfounded({ organizerId: 'another' })).toEqual([]);
  });

  test('accounts that do not sum to zero', async () => {
    await meddle(`UPDATE @entries SET amount = -9799 WHERE id = '${idOf('ent', 3)}'`);
    expect(await storage.read(({ ledger }) => ledger.offBalance())).toEqual([
      { currency: 'EUR', amount: 1 },
    ]);
  });

  test('facts about the database', async () => {
    const checks = await storage.check();
    expect(checks.filter(({ ok }) => !ok)).toEqual([]);
    expect(checks[0]?.message).toMatch(name === 'sqlite' ? /^SQLite 3\./ : /^PostgreSQL \d/);
  });
});
