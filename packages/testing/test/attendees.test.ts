import type { Ticketi } from '@ticketi/core';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import {
  aBoxOffice,
  aHold,
  aListing,
  aPaidOrder,
  type BoxOffice,
  payInCash,
  testClock,
  ticketsOf,
} from '../src/index.ts';
import { databases, type TestBase, ticketiOn } from './support/databases.ts';
import { aType, expectSound } from './support/pricing.ts';
import { wrapped } from './support/wrapped-storage.ts';

const buyer = { name: 'Ben', email: 'ben@example.com' };

/** The paths and codes of what a call was refused for. */
async function problemsOf(call: Promise<unknown>): Promise<string[]> {
  const error: unknown = await call.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  expect(error).toMatchObject({ code: 'answers_not_valid' });
  const { details } = error as { details: { problems: { path: string; code: string }[] } };
  return details.problems.map(({ path, code }) => `${path}: ${code}`);
}

describe.each(databases)('attendees and questions on %s', (_name, create) => {
  let base: TestBase;
  let ticketi: Ticketi;
  let office: BoxOffice;
  let eventId: string;

  beforeAll(async () => {
    base = await create();
    ticketi = await ticketiOn(base.storage(), testClock());
  });
  beforeEach(async () => {
    office = await aBoxOffice(ticketi, { capacity: 50 });
    eventId = office.event.id;
  });
  afterAll(async () => {
    await ticketi?.close();
    await base?.drop();
  });

  test('are on the tickets in their order: of a group, a bundle and single ones', async () => {
    const group = await aType(ticketi, office, { name: 'Group', admissions: 2 });
    const part = await aType(ticketi, office, { name: 'Day' });
    const bundle = await aType(ticketi, office, {
      name: 'Weekend',
      parts: [{ ticketTypeId: part.id, quantity: 2 }],
    });
    const items = [
      { ticketTypeId: office.standard.id, quantity: 1 },
      { ticketTypeId: group.id, quantity: 1 },
      { ticketTypeId: bundle.id, quantity: 1 },
    ];
    const { hold, actor } = await aHold(ticketi, office, { items });
    const names = ['Ada', 'Bea', 'Cleo', 'Dora'];
    const order = await ticketi.as(actor).orders.place({
      holdId: hold.id,
      buyer,
      attendees: names.map((name) => ({ name })),
    });
    expect(order.attendees.map(({ name }) => name)).toEqual(names);
    await payInCash(ticketi, order);
    const tickets = await ticketsOf(ticketi, order.id);
    const types = order.quote.lines.flatMap(({ tickets: lots, ...line }) => {
      const made: readonly { ticketTypeId: string; quantity: number }[] = lots ?? [line];
      return made.flatMap(({ ticketTypeId, quantity }) =>
        Array.from({ length: quantity }, () => ticketTypeId),
      );
    });
    expect(tickets.map(({ ticketTypeId }) => ticketTypeId)).toEqual(types);
    expect(tickets.map(({ attendee }) => attendee?.name)).toEqual([...names, undefined]);
    expect(tickets.map(({ holder }) => holder.name)).toEqual(Array(5).fill('Ben'));
    await expectSound(ticketi);
  });

  test('all that is wrong with answers is said at once, and nothing is written', async () => {
    const vip = office.vip.id;
    const set = (question: object) =>
      ticketi.questions.set({ eventId, key: 'x', label: 'X', ...question });
    await set({ key: 'company', asked: 'order', required: true });
    await set({ key: 'size', type: 'choice', options: ['S', 'M'], required: true });
    await set({ key: 'age', type: 'number', min: 18, max: 120 });
    await set({ key: 'menu', required: true, collect: 'later' });
    await set({ key: 'lounge', type: 'boolean', required: true, ticketTypeIds: [vip] });
    const { hold, actor } = await aHold(ticketi, office, { quantity: 2 });
    const before = await base.contents();
    const wrong = ticketi.as(actor).orders.place({
      holdId: hold.id,
      buyer,
      answers: { size: 'M' },
      attendees: [
        { answers: { size: 'XL', age: 17, lounge: true } },
        { name: 'Bea', answers: { shoe: 42 } },
        { name: 'Cleo' },
      ],
    });
    expect(await problemsOf(wrong)).toEqual([
      'attendees: too_many_attendees',
      'answers.company: required',
      'answers.size: not_asked',
      'attendees.0.answers.size: not_an_option',
      'attendees.0.answers.age: too_small',
      'attendees.0.answers.lounge: not_asked',
      'attendees.1.answers.size: required',
      'attendees.1.answers.shoe: unknown_question',
    ]);
    expect(await base.contents()).toEqual(before);
    expect(await problemsOf(ticketi.as(actor).orders.place({ holdId: hold.id, buyer }))).toEqual([
      'answers.company: required',
      'attendees.0.answers.size: required',
      'attendees.1.answers.size: required',
    ]);
    const order = await ticketi.as(actor).orders.place({
      holdId: hold.id,
      buyer,
      answers: { company: ' ACME ' },
      attendees: [{ answers: { size: 'S', age: 18 } }, { answers: { size: 'M' } }],
    });
    expect(order.answers).toEqual([{ key: 'company', label: 'X', value: 'ACME' }]);
  });

  test('an answer outlives its question, and what is demanded is demanded at last', async () => {
    const ask = { eventId, label: 'Diet', key: 'diet' };
    const diet = await ticketi.questions.set(ask);
    const menu = { eventId, label: 'Menu', key: 'menu', required: true } as const;
    await ticketi.questions.set({ ...menu, collect: 'later' });
    const { hold, actor } = await aHold(ticketi, office);
    const holder = ticketi.as(actor);
    const attendees = [{ email: 'Ada@Example.com', answers: { diet: 'vegan' } }];
    const order = await holder.orders.place({ holdId: hold.id, buyer, attendees });
    await payInCash(ticketi, order);
    const [ticket] = await ticketsOf(ticketi, order.id);
    const ticketId = ticket?.id ?? '';
    await ticketi.questions.remove({ questionId: diet.id });

    const named = await holder.tickets.setAttendee({ ticketId, name: 'Ada' });
    const kept = { key: 'diet', label: 'Diet', value: 'vegan' };
    expect(named.attendee).toEqual({ name: 'Ada', email: 'ada@example.com', answers: [kept] });
    const none = holder.tickets.setAttendee({ ticketId, answers: {} });
    expect(await problemsOf(none)).toEqual(['answers.menu: required']);
    const gone = holder.tickets.setAttendee({ ticketId, answers: { diet: 'all', menu: 'A' } });
    expect(await problemsOf(gone)).toEqual(['answers.diet: unknown_question']);
    const set = await holder.tickets.setAttendee({ ticketId, email: null, answers: { menu: 'A' } });
    expect(set.attendee).toEqual({
      name: 'Ada',
      email: null,
      answers: [kept, { key: 'menu', label: 'Menu', value: 'A' }],
    });
    expect((await ticketi.orders.get({ orderId: order.id })).attendees[0]?.name).toBeNull();
    const { items } = await ticketi.outbox.list({
      organizerId: office.organizer.id,
      type: 'ticket.attendee_changed',
    });
    expect(items.map(({ subject }) => subject)).toEqual([ticketId, ticketId]);
  });

  test('go with the holder: who buys the ticket on says anew who comes', async () => {
    const required = { eventId, key: 'diet', label: 'Diet', required: true } as const;
    const paid = await aPaidOrder(ticketi, office, { userId: 'anna' });
    const [ticket] = paid.tickets;
    const seller = ticketi.as(paid.actor);
    await seller.tickets.setAttendee({ ticketId: ticket?.id ?? '', name: 'Anna' });
    await ticketi.questions.set(required);
    const listing = await aListing(ticketi, paid);
    const order = await ticketi.as({ type: 'user', id: 'ben' }).resale.buy({
      listingId: listing.id,
      buyer,
      payment: { provider: 'sandbox' },
    });
    const [bought] = await ticketsOf(ticketi, order.id);
    expect(bought?.attendee).toBeNull();
    for (const [ticketId, code] of [
      [ticket?.id ?? '', 'ticket_void'],
      [bought?.id ?? '', 'not_allowed'],
    ] as const) {
      const renamed = seller.tickets.setAttendee({ ticketId, name: 'Zoe' });
      await expect(renamed).rejects.toMatchObject({ code });
    }
  });

  test('of an event that asks nothing, orders do not read what it asks', async () => {
    let reads = 0;
    const counting = wrapped(base.storage(), {
      inside: (tx) => ({
        ...tx,
        questions: {
          questions: {
            ...tx.questions.questions,
            ofEvent: (id) => {
              reads += 1;
              return tx.questions.questions.ofEvent(id);
            },
          },
        },
      }),
    });
    const other = await ticketiOn(counting, testClock());
    const place = async () => {
      const { hold, actor } = await aHold(other, office);
      await other.as(actor).orders.place({ holdId: hold.id, buyer });
    };
    await place();
    expect(reads).toBe(1);
    await Promise.all(Array.from({ length: 10 }, place));
    expect(reads).toBe(1);
    await ticketi.questions.set({ eventId, key: 'size', label: 'Size' });
    await place();
    await place();
    expect(reads).toBe(2);
    await other.close();
  });

  test('a question that is set on one instance is asked by another at once', async () => {
    const other = await ticketiOn(base.storage(), testClock());
    const first = await aHold(other, office);
    await other.as(first.actor).orders.place({ holdId: first.hold.id, buyer });
    await ticketi.questions.set({ eventId, key: 'size', label: 'Size', required: true });
    const second = await aHold(other, office);
    const unsaid = other.as(second.actor).orders.place({ holdId: second.hold.id, buyer });
    expect(await problemsOf(unsaid)).toEqual(['attendees.0.answers.size: required']);
    await other.close();
  });
});
