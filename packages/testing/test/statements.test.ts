import type { Actor, Surface, Ticketi } from '@ticketi/core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { aGiftCard, aPaidOrder, type TestClock, testClock } from '../src/index.ts';
import { databases, type TestBase, ticketiOn } from './support/databases.ts';
import { aMonth, type Month } from './support/ledger-month.ts';

type Statement = Awaited<ReturnType<Surface['ledger']['statement']>>;

const ACCOUNTS = [
  'provider_clearing',
  'organizer_payable',
  'tax_payable',
  'platform_fees',
  'seller_payable',
  'buyer_credit',
  'gift_cards',
  'payouts_in_transit',
] as const;

describe.each(databases)('statements and balances on %s', (_name, create) => {
  let base: TestBase;
  let ticketi: Ticketi;
  let clock: TestClock;
  let month: Month;
  /** Before anything, amid it, and after all of it. */
  let moments: string[];

  beforeAll(async () => {
    base = await create();
    clock = testClock();
    ticketi = await ticketiOn(base.storage(), clock);
    month = await aMonth(ticketi);
    const first = clock.now();
    clock.advance({ minutes: 60 });
    await aPaidOrder(ticketi, month.office, { quantity: 3, codes: ['EARLY'] });
    await aGiftCard(ticketi, month.office);
    clock.advance({ minutes: 60 });
    await aPaidOrder(ticketi, month.office);
    moments = [first, clock.now()];
    clock.advance({ minutes: 1 });
    moments.push(clock.now());
  });
  afterAll(async () => {
    await ticketi?.close();
    await base?.drop();
  });

  async function pagesOf(
    input: Parameters<Surface['ledger']['statement']>[0],
  ): Promise<Statement[]> {
    const pages: Statement[] = [];
    let cursor: string | undefined;
    do {
      const page = await ticketi.ledger.statement({ ...input, ...(cursor ? { cursor } : {}) });
      pages.push(page);
      cursor = page.nextCursor ?? undefined;
    } while (cursor !== undefined);
    return pages;
  }

  async function balance(account: string, currency: string, at?: string): Promise<number> {
    const { balances } = await ticketi.ledger.balances({
      organizerId: month.organizerId,
      ...(at === undefined ? {} : { at }),
    });
    const own = balances.find((one) => one.account === account && one.currency === currency);
    return own?.amount ?? 0;
  }

  test('each line carries the balance on, each page the one before, whatever its length', async () => {
    const { organizerId } = month;
    for (const account of ACCOUNTS) {
      const [whole] = await pagesOf({ organizerId, account, currency: 'EUR', limit: 200 });
      for (const limit of [1, 3, 7]) {
        const pages = await pagesOf({ organizerId, account, currency: 'EUR', limit });
        expect(pages.flatMap(({ items }) => items)).toEqual(whole?.items);
        let running = 0;
        for (const { opening, items, closing } of pages) {
          expect(opening).toBe(running);
          for (const { amount, balance: after } of items) {
            running += amount;
            expect(after).toBe(running);
          }
          expect(closing).toBe(running);
        }
        expect(running).toBe(await balance(account, 'EUR'));
      }
    }
  });

  test('a stretch of time opens and closes with the balances at its ends', async () => {
    const { organizerId } = month;
    const [first = '', second = '', last = ''] = moments;
    for (const account of ACCOUNTS) {
      for (const [from, until] of [
        [first, second],
        [second, last],
        [first, last],
        [last, last],
      ] as const) {
        const pages = await pagesOf({
          organizerId,
          account,
          currency: 'EUR',
          from,
          until,
          limit: 5,
        });
        expect(pages[0]?.opening).toBe(await balance(account, 'EUR', from));
        expect(pages.at(-1)?.closing).toBe(await balance(account, 'EUR', until));
        const outside = pages
          .flatMap(({ items }) => items)
          .filter(({ at }) => at < from || at >= until);
        expect(outside).toEqual([]);
      }
    }
  });

  test('at every instant the accounts of a currency sum to zero', async () => {
    const { organizerId } = month;
    for (const at of moments) {
      const { balances } = await ticketi.ledger.balances({ organizerId, at });
      for (const currency of ['EUR', 'CAD']) {
        const own = balances.filter((one) => one.currency === currency);
        expect(own.reduce((sum, { amount }) => sum + amount, 0)).toBe(0);
      }
    }
  });

  test('balances of events and of none sum to those of the organizer', async () => {
    const { organizerId, office } = month;
    const account = 'organizer_payable';
    const ofEvent = await ticketi.ledger.balances({
      organizerId,
      eventId: office.event.id,
      account,
    });
    const rows = await pagesOf({ organizerId, account, currency: 'EUR', limit: 200 });
    const ofNone = rows
      .flatMap(({ items }) => items)
      .filter(({ eventId }) => eventId === null)
      .reduce((sum, { amount }) => sum + amount, 0);
    expect(ofNone).not.toBe(0);
    expect((ofEvent.balances[0]?.amount ?? 0) + ofNone).toBe(await balance(account, 'EUR'));
  });

  test('show gross sales, discounts, fees and taxes, although the balance is net', async () => {
    const { organizerId, richOrderId } = month;
    const { quote, total } = await ticketi.orders.get({ orderId: richOrderId });
    const pages = await pagesOf({ organizerId, currency: 'EUR', limit: 200 });
    const lines = pages
      .flatMap(({ items }) => items)
      .filter(({ sourceId }) => sourceId === richOrderId);
    const items = Object.fromEntries(lines.map(({ item, amount }) => [item, amount]));
    expect(items).toEqual({
      price: -quote.subtotal,
      discount: quote.discount,
      absorbed_fee: quote.absorbedFee,
      tax: quote.tax,
      ...(quote.rounding === 0 ? {} : { rounding: 0 - quote.rounding }),
    });
    const net = lines.reduce((sum, { amount }) => sum + amount, 0);
    expect(net).toBe(quote.fee + quote.absorbedFee + quote.tax - total);
  });

  test('a seller sees what they are owed, and nobody else does', async () => {
    const { soldTicketId: ticketId } = month;
    const seller = ticketi.as({ type: 'user', id: 'seller' });
    const statement = await seller.ledger.sellerStatement({ ticketId });
    expect(statement.items.map(({ kind, item, amount }) => [kind, item, amount])).toEqual([
      ['resale', 'resale_price', expect.any(Number)],
      ['resale', 'seller_fee', expect.any(Number)],
      ['payout', 'payout', 1000],
      ['payout_returned', 'payout', -1000],
      ['payout', 'payout', 1000],
    ]);
    const { balances } = await ticketi.ledger.balances({
      organizerId: month.organizerId,
      party: ticketId,
    });
    expect(balances).toEqual([
      { account: 'seller_payable', currency: 'EUR', amount: statement.closing },
    ]);
    const strangers: Actor[] = [
      { type: 'user', id: 'fay' },
      { type: 'user', id: 'otherwise' },
    ];
    for (const actor of strangers) {
      await expect(ticketi.as(actor).ledger.sellerStatement({ ticketId })).rejects.toMatchObject({
        code: 'not_allowed',
      });
    }
  });

  test('an export has every entry once, postings whole, debits like credits', async () => {
    const { organizerId } = month;
    const rows: Awaited<ReturnType<Surface['ledger']['export']>>['items'] = [];
    let cursor: string | undefined;
    do {
      const page = await ticketi.ledger.export({
        organizerId,
        limit: 3,
        ...(cursor === undefined ? {} : { cursor }),
      });
      rows.push(...page.items);
      cursor = page.nextCursor ?? undefined;
    } while (cursor !== undefined);
    const stored = (await base.contents()).get('entries') ?? [];
    expect(rows).toHaveLength(stored.length);
    const sums = new Map<string, number>();
    for (const { postingId, debit, credit } of rows) {
      expect(Math.min(debit, credit)).toBe(0);
      sums.set(postingId, (sums.get(postingId) ?? 0) + debit - credit);
    }
    expect([...sums.values()].filter((sum) => sum !== 0)).toEqual([]);
    expect(rows.map(({ date }) => date)).toEqual(rows.map(({ date }) => date).sort());
  });

  test('a currency has to be named where there are two, a cursor has to be one of the list', async () => {
    const { organizerId } = month;
    await expect(ticketi.ledger.statement({ organizerId })).rejects.toMatchObject({
      code: 'currency_needed',
      details: { currencies: ['CAD', 'EUR'] },
    });
    const { nextCursor: cursor } = await ticketi.payouts.list({ organizerId, limit: 1 });
    for (const call of [
      ticketi.ledger.statement({ organizerId, currency: 'EUR', cursor: cursor ?? '' }),
      ticketi.ledger.export({ organizerId, cursor: cursor ?? '' }),
    ]) {
      await expect(call).rejects.toMatchObject({ code: 'invalid_cursor' });
    }
    expect(await ticketi.ledger.statement({ organizerId, currency: 'JPY' })).toMatchObject({
      opening: 0,
      items: [],
      closing: 0,
    });
  });
});
