import { join } from 'node:path';
import { createTicketi, type Ticketi } from '@ticketi/core';
import { sqlite } from '@ticketi/storage/sqlite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ok, paidOrder, publishedEvent } from './support/box-office.ts';
import { cli, folder } from './support/cli.ts';

describe('a purchase by commands', () => {
  const cwd = folder();
  let event: Awaited<ReturnType<typeof publishedEvent>>;
  let order: Awaited<ReturnType<typeof paidOrder>>;
  let ticketi: Ticketi;

  beforeAll(async () => {
    event = await publishedEvent(cwd);
    const { eventId } = event;
    await ok(cwd, 'code', 'create', '--event', eventId, '--code', 'EARLY', '--percent', '20 %');
    await ok(cwd, 'code', 'create', '--event', eventId, '--code', 'FIVE', '--amount', '5.00');
    await ok(cwd, 'fee', 'set', eventId, '--percent', '5', '--fixed', '0.50');
    await ok(cwd, 'resale', 'set-policy', eventId, '--cap', '110', '--no-fees-included');
    order = await paidOrder(cwd, event, 2);
    ticketi = await createTicketi({ storage: sqlite(join(cwd, 'ticketi.db')) });
  });
  afterAll(() => ticketi.close());

  it('read amounts, percentages and sessions as people write them', async () => {
    const { eventId } = event;
    const { items: types } = await ticketi.ticketTypes.list({ eventId });
    const { items: codes } = await ticketi.codes.list({ eventId });
    const { items: fees } = await ticketi.fees.list({ eventId });
    const policy = await ticketi.resale.getPolicy({ eventId });
    const { sessions } = await ticketi.events.get({ eventId });
    expect(types[0]).toMatchObject({ price: 4900 });
    expect(codes.map(({ discount }) => discount)).toEqual([
      { type: 'fixed', amount: 500 },
      { type: 'percent', percent: '20' },
    ]);
    expect(fees).toMatchObject([{ percent: '5', fixed: 50 }]);
    expect(policy).toMatchObject({ cap: '110', feesIncluded: false });
    expect(sessions[0]).toMatchObject({
      startsAt: '2037-07-10T16:00:00.000Z',
      endsAt: '2037-07-10T21:00:00.000Z',
    });
  });

  it('answers with --json exactly as the SDK does', async () => {
    const { eventId, organizerId, ticketTypeId } = event;
    const [ticketId = ''] = order.ticketIds;
    const items = [{ ticketTypeId, quantity: 2 }];
    const pairs: [string[], Promise<unknown>][] = [
      [['event', 'show', eventId], ticketi.events.get({ eventId })],
      [['ticket-type', 'list', eventId], ticketi.ticketTypes.list({ eventId })],
      [['pool', 'list', eventId], ticketi.pools.list({ eventId })],
      [['code', 'list', eventId], ticketi.codes.list({ eventId })],
      [['order', 'show', order.orderId], ticketi.orders.get({ orderId: order.orderId })],
      [['ticket', 'show', ticketId], ticketi.tickets.get({ ticketId })],
      [['ticket', 'code', ticketId], ticketi.tickets.code({ ticketId })],
      [['ledger', 'balances', organizerId], ticketi.ledger.balances({ organizerId })],
      [['audit', 'list', organizerId], ticketi.audit.list({ organizerId })],
      [
        ['quote', '--event', eventId, '--item', `${ticketTypeId}=2`, '--code', 'early'],
        ticketi.quotes.get({ eventId, items, codes: ['early'] }),
      ],
    ];
    for (const [args, answer] of pairs) {
      expect(JSON.parse(await ok(cwd, ...args, '--json')), args.join(' ')).toEqual(await answer);
    }
  });

  it('pays with gift cards whose codes are no arguments', async () => {
    const { organizerId, eventId, ticketTypeId } = event;
    const money = ['--amount', '30.00', '--currency', 'EUR'];
    const issue = ['gift-card', 'issue', '--organizer', organizerId, ...money, '--json'];
    const card = JSON.parse(await ok(cwd, ...issue));
    expect(card).toMatchObject({ loaded: 3000, balance: 3000 });
    const held = ['hold', 'create', '--event', eventId, '--item', `${ticketTypeId}=1`];
    const holdId = (await ok(cwd, ...held, '--quiet')).trim();
    const place = ['order', 'place', '--hold', holdId, '--buyer-name', 'Ada', '--json'];
    const buyer = ['--buyer-email', 'ada@example.com', '--gift-card'];
    const missing = await cli([...place, ...buyer, 'env:NO_CARD'], { cwd });
    expect(missing).toMatchObject({ code: 3 });
    const asked = ['gift-card', 'balance', '--code', 'env:CARD', '--event', eventId, '--json'];
    const balance = await cli(asked, { cwd, env: { CARD: card.code } });
    expect(JSON.parse(balance.stdout)).toMatchObject({ balance: 3000, currency: 'EUR' });
    const placed = await cli([...place, ...buyer, '-'], { cwd, input: `${card.code}\n` });
    const mine = JSON.parse(placed.stdout);
    expect(mine).toMatchObject({ state: 'pending', credited: 3000 });
    const shown = await cli(['gift-card', 'show', card.id], { cwd, columns: 100 });
    expect(shown.stdout).toMatch(/ord_\S+ +evt_\S+ +30\.00 EUR +0\.00 EUR +held/);
    const back = ['gift-card', 'refund', mine.id, '--amount', '1.00'];
    expect(await cli(back, { cwd })).toMatchObject({ code: 5 });
    const listed = JSON.parse(await ok(cwd, 'gift-card', 'list', organizerId, '--json'));
    expect(listed).toEqual(await ticketi.giftCards.list({ organizerId }));
    await ok(cwd, 'gift-card', 'update', card.id, '--state', 'disabled', '--expires', 'none');
  });

  it('takes the whole input from a file or stdin, with flags over it', async () => {
    const { eventId, ticketTypeId } = event;
    const yaml = `eventId: ${eventId}\nitems:\n  - ticketTypeId: ${ticketTypeId}\n    quantity: 1\n`;
    const { code, stdout } = await cli(['quote', '--input', '-', '--code', 'FIVE', '--json'], {
      cwd,
      input: yaml,
    });
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ subtotal: 4900, discount: 500 });
  });

  it('walks all pages with --all', async () => {
    const { organizerId } = event;
    const page = JSON.parse(await ok(cwd, 'audit', 'list', organizerId, '--limit', '2', '--json'));
    expect(page.nextCursor).not.toBeNull();
    const all = JSON.parse(
      await ok(cwd, 'audit', 'list', organizerId, '--limit', '2', '--all', '--json'),
    );
    expect(all.nextCursor).toBeNull();
    expect(all.items.length).toBeGreaterThan(5);
  });

  it('places with the same idempotency key once', async () => {
    const { eventId, ticketTypeId } = event;
    const hold = () =>
      ok(
        cwd,
        ...['hold', 'create', '--event', eventId, '--item', `${ticketTypeId}=1`, '--quiet'],
        ...['--idempotency-key', 'a-key-of-more-than-twenty'],
      );
    const first = await hold();
    expect(await hold()).toBe(first);
    await ok(cwd, 'hold', 'release', first);
  });

  it('acts as a user or a guest when told to', async () => {
    const mine = JSON.parse(await ok(cwd, 'ticket', 'list', '--as', 'user:nobody', '--json'));
    expect(mine.items).toEqual([]);
    const { accessToken } = await ticketi.orders.get({ orderId: order.orderId });
    const asGuest = await cli(['ticket', 'list', '--quiet'], {
      cwd,
      env: { TICKETI_GUEST: accessToken ?? '' },
    });
    expect(asGuest.stdout.trim().split('\n').sort()).toEqual([...order.ticketIds].sort());
    const denied = await cli(['event', 'publish', event.eventId, '--as', 'user:nobody'], { cwd });
    expect(denied.code).toBe(4);
  });

  it('shows a ticket as a QR and its text, and scans it line by line', async () => {
    const [first = '', second = ''] = order.ticketIds;
    const { code: text } = await ticketi.tickets.code({ ticketId: first });
    const shown = await ok(cwd, 'ticket', 'code', first);
    expect(shown).toContain('▄▄▄▄▄');
    expect(shown).toContain(text);
    const other = await ticketi.tickets.code({ ticketId: second });
    const { code, stdout } = await cli(
      ['checkin', 'scan', '--event', event.eventId, '--code', '-', '--gate', 'North'],
      { cwd, input: `${text}\r\n\r\n${other.code}\n${text}\nHELLO\n` },
    );
    const lines = stdout.trimEnd().split('\n');
    expect(code).toBe(1);
    expect(lines).toHaveLength(4);
    expect(lines[0]).toMatch(/^ADMITTED {2}Ada, Standard$/);
    expect(lines[1]).toMatch(/^ADMITTED/);
    expect(lines[2]).toMatch(/^REFUSED {3}Ada, Standard: this ticket came in already.*gate North/);
    expect(lines[3]).toMatch(/^REFUSED {3}this is no ticket/);
  });

  it('cancels an event only when it is named again', async () => {
    const { eventId } = event;
    const plain = await cli(['event', 'cancel', eventId], { cwd });
    expect(plain).toMatchObject({ code: 3, stdout: '' });
    expect(plain.stderr).toContain('--confirm "Summer Fest"');
    const wrong = await cli(['event', 'cancel', eventId, '--confirm', 'Winter Fest'], { cwd });
    expect(wrong.code).toBe(3);
    const right = await cli(['event', 'cancel', eventId, '--confirm', 'Summer Fest'], { cwd });
    expect(right.code).toBe(0);
  });
});
