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

  const verify = (filter: object = {}) => storage.read(({ ledger }) => ledger.verify(filter));
  const wrongTickets = () => storage.read(({ orders }) => orders.orders.withWrongTickets());

  test('nothing, when all is well', async () => {
    expect(await verify()).toEqual([]);
    expect(await wrongTickets()).toEqual([]);
    await storage.read(async ({ tickets, inventory }) => {
      expect(await tickets.tickets.doubledAdmissions()).toEqual([]);
      expect(await tickets.tickets.wrongRevocations()).toEqual([]);
      expect(await inventory.counterDrift()).toEqual([]);
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

  test('gift cards and refunds to them that are not booked, or otherwise', async () => {
    const paid = { expiresAt: null, paidAt: now };
    await storage.write(async ({ giftCards, ledger }) => {
      await giftCards.cards.insert([sample.giftCard(1), sample.giftCard(2)]);
      await giftCards.uses.insert([sample.giftCardUse(1, paid)]);
      await giftCards.refunds.insert([sample.giftCardRefund(1)]);
      const issue = { eventId: null, kind: 'gift_card_issue' } as const;
      const owed = sample.entries(5, 4999).map((entry, n) => ({
        ...entry,
        eventId: null,
        account: n === 0 ? ('organizer_payable' as const) : ('gift_cards' as const),
      }));
      await ledger.append(
        [
          sample.posting(5, { ...issue, sourceId: idOf('gft', 2) }),
          sample.posting(6, { ...issue, sourceId: idOf('gft', 9) }),
          sample.posting(7, { kind: 'gift_card_refund', sourceId: idOf('gcr', 9) }),
        ],
        owed,
      );
    });
    await meddle(`UPDATE @orders SET credited = 800 WHERE id = '${idOf('ord', 1)}'`);
    const missing = 'sale_without_posting';
    const differs = 'posting_differs_from_sale';
    const ofEvent = [
      { finding: differs, id: idOf('gcr', 9), expected: 0, actual: 0 },
      { finding: differs, id: idOf('ord', 1), expected: 800, actual: 0 },
      { finding: differs, id: idOf('ord', 1), expected: 9000, actual: 9800 },
      { finding: missing, id: idOf('gcr', 1), expected: -100, actual: 0 },
    ];
    const byText = (findings: readonly object[]) =>
      findings.map((one) => JSON.stringify(one)).sort();
    expect(byText(await verify({ organizerId, eventId }))).toEqual(byText(ofEvent));
    expect(byText(await verify())).toEqual(
      byText([
        ...ofEvent,
        { finding: differs, id: idOf('gft', 2), expected: -5000, actual: -4999 },
        { finding: differs, id: idOf('gft', 9), expected: 0, actual: 0 },
        { finding: missing, id: idOf('gft', 1), expected: -5000, actual: 0 },
      ]),
    );
  });

  test('a posting that does not sum to zero', async () => {
    await meddle(`UPDATE @entries SET amount = -9799 WHERE id = '${idOf('ent', 3)}'`);
    const finding = { finding: 'unbalanced_posting', id: idOf('pst', 1), expected: 0, actual: 1 };
    expect(await verify()).toEqual([finding]);
    expect(await verify({ organizerId, eventId })).toEqual([finding]);
    expect(await verify({ eventId: 'another' })).toEqual([]);
  });

  test('a paid order that is not booked, and one that is booked with another amount', async () => {
    await meddle(`UPDATE @postings SET source_id = 'elsewhere' WHERE id = '${idOf('pst', 1)}'`);
    await meddle(`UPDATE @orders SET total = 9900 WHERE id = '${idOf('ord', 2)}'`);
    expect(await verify({ organizerId })).toEqual([
      { finding: 'posting_differs_from_sale', id: 'elsewhere', expected: 0, actual: 9800 },
      { finding: 'posting_differs_from_sale', id: idOf('ord', 2), expected: 9900, actual: 9800 },
      { finding: 'sale_without_posting', id: idOf('ord', 1), expected: 9800, actual: 0 },
    ]);
  });

  test('a resale that is booked as a sale', async () => {
    await meddle(`UPDATE @orders SET kind = 'resale' WHERE id = '${idOf('ord', 1)}'`);
    expect(await verify()).toEqual([
      { finding: 'sale_without_posting', id: idOf('ord', 1), expected: 9800, actual: 0 },
    ]);
  });

  test('a refund that is not booked, and a sale without its order', async () => {
    await meddle(
      `UPDATE @refunds SET state = 'succeeded', due_at = NULL WHERE id = '${idOf('ref', 2)}'`,
    );
    await meddle(
      `UPDATE @orders SET state = 'pending', paid_at = NULL WHERE id = '${idOf('ord', 1)}'`,
    );
    expect(await verify()).toEqual([
      { finding: 'posting_differs_from_sale', id: idOf('ord', 1), expected: 0, actual: 9800 },
      { finding: 'sale_without_posting', id: idOf('ref', 2), expected: -9800, actual: 0 },
    ]);
  });

  test('an order that costs nothing needs no posting', async () => {
    await meddle(`UPDATE @orders SET total = 0 WHERE id = '${idOf('ord', 1)}'`);
    await meddle(`DELETE FROM @entries WHERE posting_id = '${idOf('pst', 1)}'`);
    await meddle(`DELETE FROM @postings WHERE id = '${idOf('pst', 1)}'`);
    expect(await verify()).toEqual([]);
  });

  test('facts about the database', async () => {
    const checks = await storage.check();
    expect(checks.filter(({ ok }) => !ok)).toEqual([]);
    expect(checks[0]?.message).toMatch(name === 'sqlite' ? /^SQLite 3\./ : /^PostgreSQL \d/);
  });
});
