import type { MailOptions, OutgoingLetter, Ticketi } from '@ticketi/core';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  aBoxOffice,
  aHold,
  aListing,
  aPaidOrder,
  type BoxOffice,
  payInCash,
  type TestClock,
  testClock,
} from '../src/index.ts';
import { databases, type TestBase, ticketiOn } from './support/databases.ts';

const links = {
  orderLink: 'https://tickets.example/orders/{orderId}#{accessToken}',
  transferLink: 'https://tickets.example/transfers/{transferId}#{accessToken}',
  offerLink: 'https://tickets.example/offers#{code}',
};
const ada = { name: 'Ada', email: 'ada@example.com' };
const ben = { name: 'Ben', email: 'ben@example.com' };

describe.each(databases)('letters of tickets that move on %s', (_name, create) => {
  let base: TestBase;
  let clock: TestClock;
  let ticketi: Ticketi;
  let office: BoxOffice;
  let sent: OutgoingLetter[];

  beforeEach(async () => {
    base = await create();
    clock = testClock();
    ticketi = await ticketiOn(base.storage(), clock);
    office = await aBoxOffice(ticketi, { capacity: 2 });
    sent = [];
  });
  afterEach(async () => {
    await ticketi?.close();
    await base?.drop();
  });

  const guest = (token: string | null | undefined) =>
    ticketi.as({ type: 'guest', token: token ?? '' });
  const owner = () => ticketi.as({ type: 'user', id: office.ownerId });
  /** The letters of these kinds; there are those of what was bought before, too. */
  const of = (...kinds: string[]) => sent.filter(({ kind }) => kinds.includes(kind));
  const listen = (options: MailOptions = {}, pages: Partial<typeof links> = links) =>
    ticketi.mail((letter) => void sent.push(letter), { from: 'start', ...pages, ...options });
  async function dispatch() {
    while ((await ticketi.outbox.number({})).done > 0);
    while ((await ticketi.outbox.dispatch({})).done > 0);
  }
  const idsOf = (tickets: readonly { id: string }[]) => tickets.map(({ id }) => id);
  const namesOf = (letter: OutgoingLetter | undefined) =>
    letter?.attachments.map(({ filename }) => filename);
  const tokenIn = (letter: OutgoingLetter | undefined) =>
    decodeURIComponent(/#(\S+)/.exec(letter?.text ?? '')?.[1] ?? '');

  /** Ada’s tickets, offered to Ben’s address. */
  async function offered(quantity = 2) {
    const paid = await aPaidOrder(ticketi, office, { quantity, buyer: ada });
    const transfer = await ticketi.as(paid.actor).transfers.offer({
      ticketIds: idsOf(paid.tickets),
      to: { email: ben.email },
      message: 'See you\r\nthere!',
    });
    return { paid, transfer, transferId: transfer.id };
  }

  test('an offer goes to its address with what accepts it, and is told to both when it was', async () => {
    listen();
    const { transferId } = await offered();
    await dispatch();
    const [letter, ...more] = of('transfer_offer');
    expect(more).toEqual([]);
    const token = tokenIn(letter);
    expect(letter).toMatchObject({
      eventId: office.event.id,
      to: { name: null, email: ben.email },
      subject: 'Ada has tickets for you: Summer Fest',
      orders: [],
      offer: {
        id: transferId,
        code: token,
        link: `https://tickets.example/transfers/${transferId}#${token}`,
      },
      attachments: [],
    });
    expect(letter?.text).toContain('Ada offers you 2 tickets for Summer Fest:');
    expect(letter?.text).toContain('Ada writes: “See you there!”');
    expect(letter?.text).toMatch(/The offer stands until .+ \(Europe\/Berlin\)/);

    const reader = guest(token);
    await reader.transfers.accept({ transferId, holder: { ...ben, name: 'Ben\nBcc: eve' } });
    await dispatch();
    const after = of('transferred_tickets', 'transfer_accepted');
    expect(after.map(({ kind, to }) => [kind, to.email])).toEqual([
      ['transferred_tickets', ben.email],
      ['transfer_accepted', ada.email],
    ]);
    const [tickets, note] = after;
    // Two letters of one fact, with ids of their own.
    expect(tickets?.id.split('.')[0]).toBe(note?.id.split('.')[0]);
    expect(new Set(sent.map(({ id }) => id)).size).toBe(sent.length);
    expect(namesOf(tickets)).toEqual(['tickets.pdf', 'dates.ics']);
    expect(tickets?.text).toContain('2 tickets of Ada for Summer Fest are yours now.');
    expect(tokenIn(tickets)).toBe(token);
    expect((await guest(tokenIn(tickets)).tickets.list({})).items).toHaveLength(2);
    expect(note).toMatchObject({ attachments: [], orders: [], offer: { code: null, link: null } });
    expect(note?.subject).toBe('Ben Bcc: eve has accepted: Summer Fest');
    expect(note?.text).not.toContain(token);
    const factId = note?.id.split('.')[0] ?? '';
    const again = await ticketi.documents.letters({ factId, ...links });
    expect(again.letters.map(({ id }) => id)).toEqual([tickets?.id, note?.id]);
  });

  test('nothing of an offer to a user, nor of one that is over when its letter would go out', async () => {
    const { transferId, paid } = await offered(1);
    await ticketi.as(paid.actor).transfers.cancel({ transferId });
    await ticketi.as(paid.actor).transfers.offer({
      ticketIds: idsOf(paid.tickets),
      to: { userId: 'nora' },
    });
    const other = await aPaidOrder(ticketi, office, { buyer: ada });
    await ticketi.as(other.actor).transfers.offer({
      ticketIds: idsOf(other.tickets),
      to: { email: ben.email },
      days: 1,
    });
    clock.advance({ days: 2 });
    listen();
    await dispatch();
    expect(of('transfer_offer')).toEqual([]);
    expect(of('tickets')).toHaveLength(2);
  });

  test('a user who accepts gets tickets without a token; what they passed on by then is not in it', async () => {
    const { transferId } = await offered();
    const nora = ticketi.as({ type: 'user', id: 'nora' });
    const { accessToken } = await ticketi.transfers.get({ transferId });
    const accepted = await nora.transfers.accept({
      transferId,
      holder: { name: 'Nora', email: 'nora@example.com' },
      token: accessToken ?? '',
    });
    const [first = '', second = ''] = accepted.acceptedTicketIds ?? [];
    const on = await nora.transfers.offer({ ticketIds: [first], to: { userId: 'olga' } });
    await ticketi
      .as({ type: 'user', id: 'olga' })
      .transfers.accept({ transferId: on.id, holder: { name: 'Olga', email: 'olga@example.com' } });
    // A new code is none of the first letter’s business: it has the ticket as it is.
    await nora.tickets.reissue({ ticketId: second });
    listen({ locale: 'de' });
    await dispatch();
    const [letter, next] = of('transferred_tickets');
    expect(letter).toMatchObject({
      to: { email: 'nora@example.com' },
      offer: { code: null, link: `https://tickets.example/transfers/${transferId}#` },
    });
    expect(letter?.text).toContain('das Ticket von Ada für Summer Fest gehört jetzt Ihnen.');
    expect(next?.to.email).toBe('olga@example.com');
    const [renewed] = of('reissued_ticket');
    expect(renewed?.to.email).toBe('nora@example.com');
    expect(renewed?.subject).toBe('Ein neuer Code für Ihr Ticket: Summer Fest');
  });

  test('a new code goes to the holder with the ticket; one that is void by then does not', async () => {
    const paid = await aPaidOrder(ticketi, office, { buyer: ada });
    const [ticketId = ''] = idsOf(paid.tickets);
    const next = await ticketi.as(paid.actor).tickets.reissue({ ticketId });
    await ticketi.as(paid.actor).tickets.reissue({ ticketId: next.id });
    listen();
    await dispatch();
    const [letter, ...more] = of('reissued_ticket');
    expect(more).toEqual([]);
    const link = `https://tickets.example/orders/${paid.order.id}#${paid.hold.accessToken}`;
    expect(letter).toMatchObject({ to: ada, orders: [{ orderId: paid.order.id, link }] });
    expect(letter?.text).toContain('The old one admits nobody any more');
    expect(letter?.text).toContain(link);
    expect(namesOf(letter)).toEqual(['tickets.pdf', 'dates.ics']);
  });

  test('who buys a resold ticket gets it, and who sold it learns what they get, and how', async () => {
    listen();
    for (const settlement of ['payout_after_event', 'refund_and_rebuy'] as const) {
      await owner().resale.setPolicy({ eventId: office.event.id, sellerFee: '10', settlement });
      const paid = await aPaidOrder(ticketi, office, { buyer: ada });
      const listing = await aListing(ticketi, paid);
      const reserved = await ticketi
        .as({ type: 'anonymous' })
        .resale.reserve({ listingId: listing.id });
      const order = await guest(reserved.accessToken).orders.place({
        holdId: reserved.id,
        buyer: ben,
      });
      await payInCash(ticketi, order);
      await dispatch();
      const bought = of('tickets').at(-1);
      expect(bought).toMatchObject({ to: ben, orders: [{ orderId: order.id }] });
      expect(namesOf(bought)).toEqual(['tickets.pdf', 'dates.ics']);
      const sold = of('ticket_sold').at(-1);
      expect(sold).toMatchObject({ to: ada, orders: [], offer: null, attachments: [] });
      const gets = ((listing.sellerGets ?? 0) / 100).toFixed(2);
      expect(listing.sellerGets).toBe(Math.round(listing.price * 0.9));
      expect(sold?.text).toContain(`you get ${gets} EUR.`);
      const how =
        settlement === 'refund_and_rebuy' ? 'what you paid with' : 'when the event is over';
      expect(sold?.text).toContain(how);
    }
    expect(of('ticket_sold')).toHaveLength(2);
    await owner().events.cancel({ eventId: office.event.id });
    const start = sent.length;
    listen({ name: 'mail-2' });
    await dispatch();
    expect(sent.slice(start).filter(({ kind }) => kind === 'ticket_sold')).toEqual([]);
  });

  test('a group that is sold in one sale makes one letter, one sold in parts one of each sale', async () => {
    office = await aBoxOffice(ticketi);
    const eventId = office.event.id;
    const payment = { provider: 'sandbox' };
    await owner().resale.setPolicy({
      eventId,
      cap: '120',
      sellerFee: '10',
      ticketTypes: [{ ticketTypeId: office.vip.id, settlement: 'refund_and_rebuy' }],
    });
    const one = await aPaidOrder(ticketi, office, { userId: 'ada', buyer: ada, quantity: 2 });
    const other = await aPaidOrder(ticketi, office, {
      userId: 'ada',
      buyer: ada,
      items: [{ ticketTypeId: office.vip.id, quantity: 1 }],
    });
    const seller = ticketi.as(one.actor);
    const listed = async (ticketIds: string[], sold: 'whole' | 'singly') =>
      (await seller.resale.listGroup({ ticketIds, price: 5000 * ticketIds.length, sold })).listings;
    const all = await listed(idsOf([...one.tickets, ...other.tickets]), 'singly');
    const buyer = ticketi.as({ type: 'user', id: 'ben' });
    const [first] = all;
    await buyer.resale.buy({ listingId: first?.id ?? '', whole: true, buyer: ben, payment });
    listen();
    await dispatch();
    const [letter, ...more] = of('ticket_sold');
    expect(more).toEqual([]);
    expect(letter).toMatchObject({ to: ada, subject: 'Your tickets are sold: Summer Fest' });
    const lines = [office.standard.name, office.standard.name, office.vip.name].join('\n');
    expect(letter?.text).toContain('your 3 tickets for Summer Fest are sold.');
    expect(letter?.text).toContain(`\n\n${lines}\n\n`);
    expect(letter?.text).toContain('Of the price of 150.00 EUR you get 135.00 EUR.');
    const gets = (name: string) =>
      all
        .filter((listing) => listing.name === name)
        .reduce((sum, { sellerGets }) => sum + (sellerGets ?? 0), 0);
    const money = (amount: number) => `${(amount / 100).toFixed(2)} EUR`;
    expect(letter?.text).toContain(
      `${money(gets(office.standard.name))}: It is paid out to you when the event is over.`,
    );
    expect(letter?.text).toContain(`${money(gets(office.vip.name))}: It goes back to what you`);
    // Whoever asks for a letter of the others’ facts gets none, now and later on.
    const facts = (
      await ticketi.outbox.list({ organizerId: office.organizer.id, type: 'listing.sold' })
    ).items;
    expect(facts).toHaveLength(3);
    const composed: number[] = [];
    for (const { id: factId } of facts) {
      composed.push((await ticketi.documents.letters({ factId, ...links })).letters.length);
    }
    expect(composed.toSorted()).toEqual([0, 0, 1]);

    const mine = await aPaidOrder(ticketi, office, { userId: 'ada', buyer: ada, quantity: 2 });
    for (const { id: listingId } of await listed(idsOf(mine.tickets), 'singly')) {
      await buyer.resale.buy({ listingId, buyer: ben, payment });
    }
    await dispatch();
    expect(of('ticket_sold').map(({ subject }) => subject)).toEqual([
      'Your tickets are sold: Summer Fest',
      'Your ticket is sold: Summer Fest',
      'Your ticket is sold: Summer Fest',
    ]);
  });

  /** Somebody waits, and a place comes free for them. */
  async function waited(userId?: string) {
    const eventId = office.event.id;
    await owner().waitlist.setPolicy({ eventId, offerMinutes: 60 });
    const { hold } = await aHold(ticketi, office, { quantity: 2 });
    await ticketi
      .as(userId === undefined ? { type: 'anonymous' } : { type: 'user', id: userId })
      .waitlist.join({ eventId, ticketTypeIds: [office.standard.id], quantity: 2, buyer: ben });
    await ticketi.holds.release({ holdId: hold.id });
    await ticketi.waitlist.offer({ eventId });
  }

  test('who waited gets the code, which claims the places', async () => {
    await waited();
    listen();
    await dispatch();
    const [letter, ...more] = of('waitlist_offer');
    expect(more).toEqual([]);
    const code = tokenIn(letter);
    expect(letter).toMatchObject({
      to: ben,
      subject: 'Tickets are kept for you: Summer Fest',
      offer: { code, link: `https://tickets.example/offers#${encodeURIComponent(code)}` },
    });
    expect(letter?.text).toContain(`2 × ${office.standard.name}`);
    expect(letter?.text).toMatch(/It is kept until .+ \(Europe\/Berlin\)/);
    expect(letter?.text).not.toContain('Sign in');
    const hold = await ticketi.as({ type: 'anonymous' }).waitlist.claim({ code });
    expect(hold.expiresAt).toBe(letter?.offer?.expiresAt);
    // Once it is claimed there is nothing to send; who comes back to the fact gets no code.
    const factId = letter?.id.split('.')[0] ?? '';
    expect(await ticketi.documents.letters({ factId })).toEqual({ letters: [] });
  });

  test('an offer of the waitlist that is over is nobody’s letter; a user is told to sign in', async () => {
    await waited('nora');
    const end = listen({ locale: 'de' }, {});
    await dispatch();
    const [letter] = of('waitlist_offer');
    expect(letter?.text).toContain(`Der Code dafür: ${letter?.offer?.code}`);
    expect(letter?.text).toContain('Melden Sie sich');
    expect(letter?.offer?.link).toBeNull();
    end();
    clock.advance({ hours: 2 });
    const start = sent.length;
    listen({ name: 'mail-2' });
    await dispatch();
    expect(sent.slice(start)).toEqual([]);
  });

  test('a code that rotates is not attached: the letter says so', async () => {
    await owner().tickets.setCodePolicy({ eventId: office.event.id, rotating: true });
    listen();
    const { transferId } = await offered(1);
    await dispatch();
    await guest(tokenIn(of('transfer_offer')[0])).transfers.accept({ transferId, holder: ben });
    await dispatch();
    for (const letter of of('tickets', 'transferred_tickets')) {
      expect(namesOf(letter)).toEqual(['dates.ics']);
      expect(letter.text).toContain('change every few seconds');
    }
    expect(of('tickets', 'transferred_tickets')).toHaveLength(2);
  });

  test('no token of an offer, nor its code, lies in the database', async () => {
    const failing = ticketi.mail(
      (letter) => {
        sent.push(letter);
        throw new Error('550 mailbox busy');
      },
      { name: 'fails', from: 'start', ...links },
    );
    listen();
    await waited();
    await dispatch();
    const [{ offer: claim } = {}] = of('waitlist_offer');
    await ticketi.as({ type: 'anonymous' }).waitlist.claim({ code: claim?.code ?? '' });
    const other = await aBoxOffice(ticketi);
    const paid = await aPaidOrder(ticketi, other);
    const { id: transferId } = await ticketi.as(paid.actor).transfers.offer({
      ticketIds: idsOf(paid.tickets),
      to: { email: ben.email },
    });
    await dispatch();
    const [{ offer } = {}] = of('transfer_offer');
    await guest(offer?.code).transfers.accept({ transferId, holder: ben });
    await dispatch();
    failing();
    expect((await ticketi.outbox.failures({})).items.length).toBeGreaterThan(0);
    const kept = JSON.stringify([...(await base.contents())]);
    expect(kept).toContain('550 mailbox busy');
    for (const secret of [claim?.code, offer?.code]) {
      expect(secret?.split('.')[1]?.length).toBeGreaterThan(20);
      expect(kept).not.toContain(secret?.split('.')[1]);
    }
    expect(kept).not.toContain('JVBERi0'); // A PDF in base64.
  });

  test('without a link an offer has its token; options that are wrong are refused at once', async () => {
    listen({}, {});
    const { transferId } = await offered(1);
    await dispatch();
    const [letter] = of('transfer_offer');
    expect(letter?.offer).toMatchObject({ id: transferId, link: null });
    expect(letter?.text).toContain(`What accepts it: ${letter?.offer?.code}`);
    const wrong = 'https://tickets.example/';
    expect(() => ticketi.mail(() => {}, { transferLink: wrong })).toThrow('{accessToken}');
    expect(() => ticketi.mail(() => {}, { offerLink: wrong })).toThrow('{code}');
  });
});
