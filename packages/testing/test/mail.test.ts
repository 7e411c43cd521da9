import type { MailOptions, OutgoingLetter, Ticketi } from '@ticketi/core';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  aBoxOffice,
  aListing,
  aPaidOrder,
  type BoxOffice,
  payInCash,
  type TestClock,
  testClock,
} from '../src/index.ts';
import { databases, type TestBase, ticketiOn } from './support/databases.ts';

const orderLink = 'https://tickets.example/orders/{orderId}#{accessToken}';

describe.each(databases)('letters on %s', (_name, create) => {
  let base: TestBase;
  let clock: TestClock;
  let ticketi: Ticketi;
  let office: BoxOffice;
  let sent: OutgoingLetter[];

  beforeEach(async () => {
    base = await create();
    clock = testClock();
    ticketi = await ticketiOn(base.storage(), clock);
    office = await aBoxOffice(ticketi);
    sent = [];
  });
  afterEach(async () => {
    await ticketi?.close();
    await base?.drop();
  });

  /** A transport that works, if it is not said to fail this time. */
  const listen = (options: MailOptions = {}, fails: () => boolean = () => false) =>
    ticketi.mail(
      (letter) => {
        if (fails()) throw new Error('550 mailbox busy');
        sent.push(letter);
      },
      { orderLink, ...options },
    );

  async function dispatch() {
    while ((await ticketi.outbox.number({})).done > 0);
    while ((await ticketi.outbox.dispatch({})).done > 0);
  }

  async function restart() {
    await ticketi.close();
    ticketi = await ticketiOn(base.storage(), clock);
  }

  test('a paid order’s tickets go to its buyer, with the PDF, the dates and the link', async () => {
    listen();
    const { order, hold } = await aPaidOrder(ticketi, office, {
      quantity: 2,
      buyer: { name: 'Ada Byron', email: 'ada@example.com' },
    });
    await dispatch();
    const [letter, ...more] = sent;
    expect(more).toEqual([]);
    const link = `https://tickets.example/orders/${order.id}#${hold.accessToken}`;
    expect(letter).toMatchObject({
      kind: 'tickets',
      eventId: office.event.id,
      to: { name: 'Ada Byron', email: 'ada@example.com' },
      subject: 'Your tickets for Summer Fest',
      orders: [{ orderId: order.id, link }],
    });
    expect(letter?.text).toContain('here are your 2 tickets for Summer Fest.');
    expect(letter?.text).toContain('10 Jul 2097, 18:00 (Europe/Berlin)');
    expect(letter?.text).toContain(link);
    const [pdf, dates] = letter?.attachments ?? [];
    expect([pdf?.filename, pdf?.contentType]).toEqual(['tickets.pdf', 'application/pdf']);
    expect(
      Buffer.from(pdf?.content ?? [])
        .subarray(0, 5)
        .toString(),
    ).toBe('%PDF-');
    expect(Buffer.from(dates?.content ?? []).toString()).toContain('BEGIN:VEVENT');
    // The very same when it is composed again.
    const factId = letter?.id.split('.')[0] ?? '';
    const again = await ticketi.documents.letters({ factId, orderLink });
    expect(again).toEqual(await ticketi.documents.letters({ factId, orderLink }));
    expect(again.letters[0]?.id).toBe(letter?.id);
  });

  test('a signed-in buyer’s link has no token, and German letters are German', async () => {
    listen({ locale: 'de' });
    const { order } = await aPaidOrder(ticketi, office, { userId: 'nora' });
    await dispatch();
    expect(sent[0]?.subject).toBe('Ihre Tickets für Summer Fest');
    expect(sent[0]?.orders).toEqual([
      { orderId: order.id, link: `https://tickets.example/orders/${order.id}#` },
    ]);
  });

  test('links to orders go to the address that bought them, and to no other', async () => {
    listen();
    const ada = { name: 'Ada', email: 'ada@example.com' };
    const { hold, order } = await aPaidOrder(ticketi, office, { buyer: ada });
    await dispatch();
    sent.length = 0;
    const visitor = ticketi.as({ type: 'anonymous' });
    await visitor.orders.sendAccess({ eventId: office.event.id, email: ada.email });
    await visitor.orders.sendAccess({ eventId: office.event.id, email: 'eve@example.com' });
    await dispatch();
    expect(sent.map(({ kind, to }) => [kind, to.email])).toEqual([['order_access', ada.email]]);
    expect(sent[0]?.text).toContain(`/orders/${order.id}#${hold.accessToken}`);
    expect(sent[0]?.attachments).toEqual([]);
  });

  test('what failed comes again, also in the next process, with the same id and once each', async () => {
    let tries = 0;
    listen({}, () => {
      tries += 1;
      return true;
    });
    const one = await aPaidOrder(ticketi, office);
    const other = await aPaidOrder(ticketi, office, { userId: 'nora' });
    await dispatch();
    // The second waits behind the first: they are of one event.
    expect(tries).toBe(1);
    expect(sent).toEqual([]);
    const { items } = await ticketi.outbox.failures({});
    expect(items.map(({ error }) => error)).toContain('550 mailbox busy');

    await restart();
    let down = true;
    listen({}, () => down);
    await dispatch();
    expect(sent).toEqual([]);
    clock.advance({ seconds: 5 });
    await dispatch();
    down = false;
    clock.advance({ seconds: 30 });
    await dispatch();
    clock.advance({ hours: 1 });
    await dispatch();
    expect(sent.map(({ orders }) => orders[0]?.orderId)).toEqual([one.order.id, other.order.id]);
    expect(new Set(sent.map(({ id }) => id)).size).toBe(2);

    await restart();
    listen();
    await dispatch();
    expect(sent).toHaveLength(2);
  });

  test('one that went out before its process died goes out again under the same id', async () => {
    // The transport takes it, and then the process hears no more of it.
    ticketi.mail((letter) => {
      sent.push(letter);
      throw new Error('connection reset');
    });
    await aPaidOrder(ticketi, office);
    await dispatch();
    await restart();
    listen();
    clock.advance({ minutes: 1 });
    await dispatch();
    expect(sent).toHaveLength(2);
    expect(sent[1]?.id).toBe(sent[0]?.id);
  });

  test('what is past is nobody’s letter, unless it is asked for', async () => {
    await aPaidOrder(ticketi, office);
    clock.advance({ minutes: 1 });
    const end = listen();
    await dispatch();
    expect(sent).toEqual([]);
    end();
    listen({ name: 'mail-2', from: 'start' });
    await dispatch();
    expect(sent).toHaveLength(1);
  });

  test('tells of what is so when it goes out: of what was sold on by then there is no code', async () => {
    const paid = await aPaidOrder(ticketi, office);
    const listing = await aListing(ticketi, paid);
    const reserved = await ticketi.as({ type: 'anonymous' }).resale.reserve({
      listingId: listing.id,
    });
    const next = ticketi.as({ type: 'guest', token: reserved.accessToken ?? '' });
    const order = await next.orders.place({
      holdId: reserved.id,
      buyer: { name: 'Ben', email: 'ben@example.com' },
    });
    await payInCash(ticketi, order);
    listen({ from: 'start' });
    await dispatch();
    expect(sent.map(({ kind, to, orders }) => [kind, to.email, orders[0]?.orderId])).toEqual([
      ['ticket_sold', 'buyer@example.com', undefined],
      ['tickets', 'ben@example.com', order.id],
    ]);
  });

  test('neither a code nor a token lies in the database', async () => {
    listen({}, () => true);
    const { hold, tickets } = await aPaidOrder(ticketi, office);
    const { code } = await ticketi.tickets.code({ ticketId: tickets[0]?.id ?? '' });
    await ticketi.as({ type: 'anonymous' }).orders.sendAccess({
      eventId: office.event.id,
      email: 'buyer@example.com',
    });
    await dispatch();
    expect((await ticketi.outbox.failures({})).items.length).toBeGreaterThan(0);
    const kept = JSON.stringify([...(await base.contents())]);
    expect(kept).toContain('550 mailbox busy');
    expect(kept).not.toContain(hold.accessToken?.split('.')[1] ?? '?');
    expect(kept).not.toContain(code);
    expect(kept).not.toContain('JVBERi0'); // A PDF in base64.
  });

  test('options that are wrong are refused at once', () => {
    const wrong = { orderLink: 'https://tickets.example/orders' };
    expect(() => ticketi.mail(() => {}, wrong)).toThrow('{orderId}');
  });
});
