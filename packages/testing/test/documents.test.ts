import type { Actor, Storage, Surface, Ticketi } from '@ticketi/core';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { codesIn, hasZbarimg } from '../../../tests/support/zbarimg.ts';
import {
  aBoxOffice,
  aListing,
  aPaidOrder,
  aPlacedOrder,
  type BoxOffice,
  type Paid,
  payInCash,
  testClock,
} from '../src/index.ts';
import { databases, type TestBase, ticketiOn } from './support/databases.ts';
import { telling } from './support/told-statements.ts';

describe.each(databases)('documents on %s', (_name, create) => {
  let base: TestBase;
  let storage: Storage;
  let ticketi: Ticketi;
  let office: BoxOffice;
  let paid: Paid;

  beforeAll(async () => {
    base = await create();
    storage = base.storage();
    ticketi = await ticketiOn(storage, testClock());
  });
  beforeEach(async () => {
    office = await aBoxOffice(ticketi);
    paid = await aPaidOrder(ticketi, office, { quantity: 3 });
  });
  afterAll(async () => {
    await ticketi?.close();
    await base?.drop();
  });

  const owner = () => ticketi.as({ type: 'user', id: office.ownerId });
  const ids = (of: Paid = paid) => of.tickets.map(({ id }) => id);
  const textOf = ({ base64 }: { base64: string }) => Buffer.from(base64, 'base64').toString('utf8');
  const pagesOf = ({ base64 }: { base64: string }) =>
    Buffer.from(base64, 'base64')
      .toString('latin1')
      .match(/\/Type \/Page\b/g)?.length;

  /** Everything that a ticket's holder can have of it, by the operation that gives it. */
  const allOf = (as: Surface, ticketId: string) =>
    [
      ['qr', () => as.documents.qr({ ticketId })],
      ['pdf', () => as.documents.pdf({ ticketId })],
      ['calendar', () => as.documents.calendar({ ticketId })],
      ['appleWallet', () => as.documents.appleWallet({ ticketId })],
      ['googleWallet', () => as.documents.googleWallet({ ticketId })],
    ] as const;

  /** What each of them answers: `done`, or why not. */
  async function answers(actor: Actor, ticketId: string) {
    const all = allOf(ticketi.as(actor), ticketId).map(async ([, ask]) =>
      ask().then(
        () => 'done',
        ({ code }: { code: string }) => code,
      ),
    );
    return [...new Set(await Promise.all(all))];
  }

  async function resold(): Promise<Paid> {
    const listing = await aListing(ticketi, paid);
    const reserved = await ticketi.as({ type: 'anonymous' }).resale.reserve({
      listingId: listing.id,
    });
    const actor: Actor = { type: 'guest', token: reserved.accessToken ?? '' };
    const order = await ticketi.as(actor).orders.place({
      holdId: reserved.id,
      buyer: { name: 'Ben', email: 'ben@example.com' },
    });
    await payInCash(ticketi, order);
    const { items } = await ticketi.as(actor).tickets.list({ orderId: order.id });
    return { hold: reserved, actor, order, tickets: items };
  }

  test.runIf(hasZbarimg())('the QR has the code that the door takes', async () => {
    const [ticketId = ''] = ids();
    const holder = ticketi.as(paid.actor);
    const { base64, contentType, fileName } = await holder.documents.qr({ ticketId, image: 'png' });
    const { code } = await holder.tickets.code({ ticketId });
    expect([contentType, fileName]).toEqual(['image/png', `${ticketId}.png`]);
    expect(codesIn(Buffer.from(base64, 'base64'))).toEqual([code]);
    const eventId = office.event.id;
    const [read = ''] = codesIn(Buffer.from(base64, 'base64'));
    expect(await owner().checkin.scan({ eventId, code: read })).toMatchObject({
      admitted: true,
    });
  });

  test('what is void gives nothing, but the pass that says so', async () => {
    const [ticketId = ''] = ids();
    await owner().tickets.void({ ticketId });
    expect(await answers(paid.actor, ticketId)).toEqual(['ticket_void']);
    expect(await answers({ type: 'system' }, ticketId)).toEqual(['ticket_void']);
    const marked = await ticketi
      .as(paid.actor)
      .documents.appleWallet({ ticketId, whenVoid: 'mark' });
    expect(marked.contentType).toBe('application/vnd.apple.pkpass');
  });

  test('a former holder has nothing of the ticket, nor the new one', async () => {
    const next = await resold();
    const [sold = ''] = ids();
    const [bought = ''] = ids(next);
    expect(await answers(paid.actor, sold)).toEqual(['ticket_void']);
    expect(await answers(paid.actor, bought)).toEqual(['not_allowed']);
    expect(await answers(next.actor, sold)).toEqual(['not_allowed']);
    expect(await answers(next.actor, bought)).toEqual(['done']);
  });

  test('an order’s PDF has the tickets that its buyer still holds, and is the same each time', async () => {
    const orderId = paid.order.id;
    const buyer = ticketi.as(paid.actor);
    expect(pagesOf(await buyer.documents.pdf({ orderId }))).toBe(3);
    await resold();
    const pdf = await buyer.documents.pdf({ orderId });
    expect(pagesOf(pdf)).toBe(2);
    expect(await owner().documents.pdf({ orderId })).toEqual(pdf);
    expect(pdf.fileName).toBe(`${orderId}.pdf`);
    for (const ticketId of ids().slice(1)) await owner().tickets.void({ ticketId });
    await expect(buyer.documents.pdf({ orderId })).rejects.toMatchObject({
      code: 'no_tickets_left',
      details: { orderId },
    });
  });

  test('an order opens to its buyer and to members who sell, to nobody else', async () => {
    const orderId = paid.order.id;
    const stranger = await aPaidOrder(ticketi, office);
    const { ownerId } = await aBoxOffice(ticketi, { ownerId: 'other' });
    for (const role of ['box_office', 'scanner', 'analyst'] as const) {
      const organizerId = office.organizer.id;
      await owner().members.add({ organizerId, userId: `${role}-${organizerId}`, role });
    }
    const member = (role: string): Actor => ({
      type: 'user',
      id: `${role}-${office.organizer.id}`,
    });
    for (const [actor, answer] of [
      [paid.actor, 'done'],
      [{ type: 'user', id: office.ownerId }, 'done'],
      [member('box_office'), 'done'],
      [member('scanner'), 'not_allowed'],
      [member('analyst'), 'not_allowed'],
      [{ type: 'user', id: ownerId }, 'not_allowed'],
      [stranger.actor, 'not_allowed'],
      [{ type: 'anonymous' }, 'unauthenticated'],
    ] as const) {
      for (const ask of ['pdf', 'calendar'] as const) {
        const asked = ticketi.as(actor).documents[ask]({ orderId });
        const got = await asked.then(
          () => 'done',
          ({ code }: { code: string }) => code,
        );
        expect([actor, ask, got]).toEqual([actor, ask, answer]);
      }
    }
  });

  test('the PDF of 50 tickets takes no more statements than that of 3', async () => {
    await owner().ticketTypes.update({ ticketTypeId: office.standard.id, maxPerOrder: 50 });
    const many = await aPaidOrder(ticketi, office, { quantity: 50 });
    let sent: string[] = [];
    const told = telling(base, (statement) => sent.push(statement));
    const counted = await ticketiOn(told.storage, testClock());
    const statementsFor = async ({ actor, order }: Paid) => {
      sent = [];
      const pdf = await counted.as(actor).documents.pdf({ orderId: order.id });
      return { pages: pagesOf(pdf), sent: sent.filter((text) => /^\s*(select|with)/i.test(text)) };
    };
    // The first one also asks whether the tables are there.
    await statementsFor(paid);
    const few = await statementsFor(paid);
    const all = await statementsFor(many);
    await counted.close();
    await told.end();
    expect([few.pages, all.pages]).toEqual([3, 50]);
    expect(few.sent.length).toBeGreaterThan(4);
    expect(all.sent.length).toBe(few.sent.length);
    // Of signing keys there is one read, and one of what the doors go by.
    for (const table of ['signing_keys', 'code_policies']) {
      expect(all.sent.filter((text) => text.includes(table))).toHaveLength(1);
    }
  });

  test('an order that is not paid has no tickets, and one of them is named, not both', async () => {
    const { order, actor } = await aPlacedOrder(ticketi, office);
    const buyer = ticketi.as(actor);
    await expect(buyer.documents.pdf({ orderId: order.id })).rejects.toMatchObject({
      code: 'no_tickets_left',
    });
    for (const wrong of [{}, { orderId: order.id, ticketId: ids()[0] ?? '' }]) {
      await expect(ticketi.documents.pdf(wrong)).rejects.toMatchObject({ code: 'invalid_input' });
    }
  });

  test('the calendar follows what becomes of the event: same UID, higher SEQUENCE', async () => {
    const [ticketId = ''] = ids();
    const lineOf = (text: string, name: string) =>
      text.split('\r\n').find((line) => line.startsWith(`${name}:`));
    const now = async () => textOf(await ticketi.as(paid.actor).documents.calendar({ ticketId }));
    const before = await now();
    expect(lineOf(before, 'UID')).toBe(`UID:${office.event.sessions[0]?.id}@ticketi`);
    expect(lineOf(before, 'DTSTART')).toBe('DTSTART:20970710T160000Z');
    expect(lineOf(before, 'STATUS')).toBe('STATUS:CONFIRMED');
    const { code } = await ticketi.tickets.code({ ticketId });
    expect(before).not.toContain(code);
    await owner().events.update({ eventId: office.event.id, venue: 'Elsewhere' });
    const moved = await now();
    expect(lineOf(moved, 'UID')).toBe(lineOf(before, 'UID'));
    const sequence = (text: string) => Number(lineOf(text, 'SEQUENCE')?.slice(9));
    expect(sequence(moved)).toBeGreaterThan(sequence(before));
    await owner().events.cancel({ eventId: office.event.id });
    const off = await now();
    expect(lineOf(off, 'STATUS')).toBe('STATUS:CANCELLED');
    expect(sequence(off)).toBeGreaterThan(sequence(moved));
  });

  test('passes are signed with the keys of the organizer, and refused where there are none', async () => {
    const [ticketId = ''] = ids();
    const asked: string[] = [];
    const none = (organizerId: string) => void asked.push(organizerId);
    const without = await ticketiOn(base.storage(), testClock(), {
      wallet: { apple: none, google: none },
    });
    for (const [wallet, ask] of [
      ['apple', () => without.documents.appleWallet({ ticketId })],
      ['google', () => without.documents.googleWallet({ ticketId })],
    ] as const) {
      await expect(ask()).rejects.toMatchObject({
        code: 'wallet_not_configured',
        details: { wallet, organizerId: office.organizer.id, why: 'no_keys' },
      });
    }
    expect(asked).toEqual([office.organizer.id, office.organizer.id]);
    await without.close();
    expect(await answers(paid.actor, ticketId)).toEqual(['done']);
  });
});
