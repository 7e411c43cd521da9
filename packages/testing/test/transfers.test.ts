import { sandboxProvider, type Ticketi } from '@ticketi/core';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import {
  aBoxOffice,
  aListing,
  aPaidOrder,
  type BoxOffice,
  type Paid,
  testClock,
} from '../src/index.ts';
import { databases, type TestBase, ticketiOn } from './support/databases.ts';

const ben = { name: 'Ben', email: 'ben@example.com' };

describe.each(databases)('passing tickets on, on %s', (_name, create) => {
  const clock = testClock();
  let base: TestBase;
  let ticketi: Ticketi;
  let office: BoxOffice;

  beforeAll(async () => {
    base = await create();
    ticketi = await ticketiOn(base.storage(), clock, { payments: { sandbox: sandboxProvider() } });
  });
  beforeEach(async () => {
    office = await aBoxOffice(ticketi, { capacity: 20, fee: { percent: '0', fixed: 100 } });
  });
  afterAll(async () => {
    expect((await ticketi.diagnose()).checks.filter(({ ok }) => !ok)).toEqual([]);
    await ticketi?.close();
    await base?.drop();
  });

  const user = (id: string) => ticketi.as({ type: 'user', id });
  const owner = () => user(office.ownerId);
  const idsOf = ({ tickets }: Pick<Paid, 'tickets'>) => tickets.map(({ id }) => id);
  const claimed = async () =>
    (await ticketi.pools.list({ eventId: office.event.id })).items[0]?.claimed;
  const scan = async (code: string) => owner().checkin.scan({ eventId: office.event.id, code });

  /** Tickets of a guest that are offered to an address, and whoever reads the mail there. */
  async function offeredToBen(quantity = 1) {
    const paid = await aPaidOrder(ticketi, office, { quantity });
    const giver = ticketi.as(paid.actor);
    const offer = await giver.transfers.offer({ ticketIds: idsOf(paid), to: { email: ben.email } });
    const { accessToken } = await ticketi.transfers.get({ transferId: offer.id });
    const reader = ticketi.as({ type: 'guest', token: accessToken ?? '' });
    return { paid, giver, offer, transferId: offer.id, reader, token: accessToken ?? '' };
  }

  test('a guest gets tickets by mail: new codes open, old ones and the giver’s link do not', async () => {
    const { paid, giver, offer, transferId, reader } = await offeredToBen(2);
    expect(offer).toMatchObject({ state: 'open', accessToken: null, to: { email: ben.email } });
    const [first = ''] = idsOf(paid);
    const { code: old } = await giver.tickets.code({ ticketId: first });
    expect(await reader.transfers.get({ transferId })).toMatchObject({ tickets: [{}, {}] });
    await expect(reader.tickets.get({ ticketId: first })).rejects.toMatchObject({
      code: 'not_allowed',
    });

    const accepted = await reader.transfers.accept({ transferId, holder: ben });
    const [mine = '', other = ''] = accepted.acceptedTicketIds ?? [];
    expect(accepted).toMatchObject({ state: 'accepted', accessToken: null });
    expect((await reader.tickets.list({})).items.map(({ id }) => id)).toEqual([other, mine]);
    expect(await reader.tickets.get({ ticketId: mine })).toMatchObject({
      admissionId: first,
      issue: 2,
      holder: { ...ben, userId: null },
      price: paid.tickets[0]?.price,
      fee: paid.tickets[0]?.fee,
      attendee: null,
    });
    expect((await giver.tickets.list({})).items.map(({ state }) => state)).toEqual([
      'void',
      'void',
    ]);
    for (const call of [giver.tickets.code, giver.tickets.custody, giver.tickets.reissue]) {
      await expect(call({ ticketId: mine })).rejects.toMatchObject({ code: 'not_allowed' });
    }
    expect(await scan(old)).toMatchObject({
      admitted: false,
      reason: 'revoked',
      why: 'transferred',
    });
    const { code } = await reader.tickets.code({ ticketId: mine });
    expect(await scan(code)).toMatchObject({ admitted: true, holderName: 'Ben' });
    expect(await claimed()).toBe(2);
  });

  test('a user gets them signed in, with the token of the mail or addressed by their id', async () => {
    const { transferId, token, reader } = await offeredToBen();
    await expect(user('ben').transfers.accept({ transferId, holder: ben })).rejects.toMatchObject({
      code: 'not_allowed',
    });
    const accepted = await user('ben').transfers.accept({ transferId, holder: ben, token });
    const [ticketId = ''] = accepted.acceptedTicketIds ?? [];
    expect((await user('ben').tickets.get({ ticketId })).holder.userId).toBe('ben');
    // Who has an account shows that: the link opens nothing any more.
    await expect(reader.tickets.get({ ticketId })).rejects.toMatchObject({ code: 'not_allowed' });

    const back = await user('ben').transfers.offer({
      ticketIds: [ticketId],
      to: { userId: 'cleo' },
    });
    expect((await ticketi.transfers.get({ transferId: back.id })).accessToken).toBeNull();
    await expect(
      user('eve').transfers.accept({ transferId: back.id, holder: ben }),
    ).rejects.toMatchObject({ code: 'not_allowed' });
    expect((await user('cleo').transfers.list({ side: 'received' })).items).toHaveLength(1);
    await user('cleo').transfers.accept({ transferId: back.id, holder: ben });
    expect((await user('ben').transfers.list({})).items).toMatchObject([{ state: 'accepted' }]);
  });

  test('a token is made for trusted code only, and lies in no table', async () => {
    const { giver, transferId, token } = await offeredToBen();
    await owner().transfers.cancel({ transferId });
    for (const caller of [giver, owner()]) {
      expect((await caller.transfers.get({ transferId })).accessToken).toBeNull();
    }
    const rows = [...(await base.contents()).values()].flat();
    const digest = token.split('.')[1] ?? 'no token';
    expect(rows.filter((row) => row.includes(digest))).toEqual([]);
  });

  test('all of an offer changes hands or nothing of it', async () => {
    const { paid, giver, transferId, reader } = await offeredToBen(3);
    const [, second = ''] = idsOf(paid);
    await owner().tickets.void({ ticketId: second });
    expect(await giver.transfers.get({ transferId })).toMatchObject({ state: 'invalidated' });
    await expect(reader.transfers.accept({ transferId, holder: ben })).rejects.toMatchObject({
      code: 'transfer_closed',
      details: { state: 'invalidated' },
    });
    // The others are the giver's, to offer again.
    const left = idsOf(paid).filter((id) => id !== second);
    const again = await giver.transfers.offer({ ticketIds: left, to: { userId: 'ben' } });
    await expect(
      giver.transfers.offer({ ticketIds: left.slice(1), to: { userId: 'eve' } }),
    ).rejects.toMatchObject({ code: 'ticket_not_transferable', details: { why: 'offered' } });
    await user('ben').transfers.accept({ transferId: again.id, holder: ben });
    expect((await user('ben').tickets.list({})).items.length).toBeGreaterThanOrEqual(2);
  });

  test('tickets of several holders or events are not offered together', async () => {
    const [one, two] = [await aPaidOrder(ticketi, office), await aPaidOrder(ticketi, office)];
    const ticketIds = [...idsOf(one), ...idsOf(two)];
    const to = { email: ben.email };
    await expect(ticketi.as(one.actor).transfers.offer({ ticketIds, to })).rejects.toMatchObject({
      code: 'not_allowed',
    });
    await expect(ticketi.transfers.offer({ ticketIds, to })).rejects.toMatchObject({
      code: 'ticket_not_transferable',
      details: { ticketId: two.tickets[0]?.id, why: 'another_holder' },
    });
    const elsewhere = await aPaidOrder(ticketi, await aBoxOffice(ticketi), { userId: 'ada' });
    const here = await aPaidOrder(ticketi, office, { userId: 'ada' });
    await expect(
      user('ada').transfers.offer({ ticketIds: [...idsOf(here), ...idsOf(elsewhere)], to }),
    ).rejects.toMatchObject({ details: { why: 'another_event' } });
  });

  test('declined, taken back, expired: the ticket stays, and may be offered again', async () => {
    const { paid, giver, transferId, reader } = await offeredToBen();
    expect(await reader.transfers.decline({ transferId })).toMatchObject({ state: 'declined' });
    await expect(reader.transfers.accept({ transferId, holder: ben })).rejects.toMatchObject({
      details: { state: 'declined' },
    });
    const ticketIds = idsOf(paid);
    const second = await giver.transfers.offer({ ticketIds, to: { userId: 'ben' } });
    await giver.transfers.cancel({ transferId: second.id });
    await expect(
      user('ben').transfers.accept({ transferId: second.id, holder: ben }),
    ).rejects.toMatchObject({ code: 'transfer_closed', details: { state: 'cancelled' } });

    const third = await giver.transfers.offer({ ticketIds, to: { userId: 'ben' }, days: 1 });
    clock.advance({ hours: 24 });
    // No worker has been here.
    expect(await giver.transfers.get({ transferId: third.id })).toMatchObject({
      state: 'expired',
      closedAt: third.expiresAt,
    });
    await expect(giver.transfers.cancel({ transferId: third.id })).rejects.toMatchObject({
      details: { state: 'expired' },
    });
    await expect(
      user('ben').transfers.accept({ transferId: third.id, holder: ben }),
    ).rejects.toMatchObject({ code: 'transfer_closed', details: { state: 'expired' } });
    const fourth = await giver.transfers.offer({ ticketIds, to: { userId: 'ben' }, days: 1 });
    const facts = async () =>
      (
        await ticketi.outbox.list({
          organizerId: office.organizer.id,
          type: 'transfer.expired',
        })
      ).items.map(({ subject }) => subject);
    expect(await facts()).toEqual([third.id]);
    clock.advance({ hours: 24 });
    await ticketi.tick();
    expect(await facts()).toEqual([fourth.id, third.id]);
  });

  test('an offer ends with the event, and with the window of the policy', async () => {
    const { paid, giver } = await offeredToBen();
    const [ticketId = ''] = idsOf(paid);
    const [session] = office.event.sessions;
    await giver.tickets.reissue({ ticketId });
    const [now] = (await giver.tickets.list({ state: 'valid' })).items;
    const offer = { ticketIds: [now?.id ?? ''], to: { userId: 'ben' }, days: 365 };
    const longest = await giver.transfers.offer(offer);
    expect(longest.expiresAt <= (session?.endsAt ?? '')).toBe(true);
    await giver.transfers.cancel({ transferId: longest.id });
    const closesAt = new Date(Date.parse(clock.now()) + 3_600_000).toISOString();
    await owner().transfers.setPolicy({ eventId: office.event.id, closesAt });
    const short = await giver.transfers.offer(offer);
    expect(short.expiresAt).toBe(closesAt);
    await owner().transfers.setPolicy({ eventId: office.event.id, allowed: false });
    await expect(
      user('ben').transfers.accept({ transferId: short.id, holder: ben }),
    ).rejects.toMatchObject({ code: 'transfer_not_allowed' });
  });

  test('a ticket type may have rules of its own', async () => {
    const { standard, vip, event } = office;
    await owner().transfers.setPolicy({
      eventId: event.id,
      allowed: false,
      ticketTypes: [{ ticketTypeId: vip.id, allowed: true }],
    });
    const paid = await aPaidOrder(ticketi, office, {
      userId: 'ada',
      items: [standard, vip].map(({ id }) => ({ ticketTypeId: id, quantity: 1 })),
    });
    const offer = (ticketIds: string[]) =>
      user('ada').transfers.offer({ ticketIds, to: { userId: 'ben' } });
    await expect(offer(idsOf(paid))).rejects.toMatchObject({ code: 'transfer_not_allowed' });
    const own = paid.tickets.filter(({ ticketTypeId }) => ticketTypeId === vip.id);
    expect(await offer(idsOf({ tickets: own }))).toMatchObject({ state: 'open' });
    await expect(
      owner().transfers.setPolicy({
        eventId: event.id,
        ticketTypes: [{ ticketTypeId: 'typ_01k0000000e008000000000000' }],
      }),
    ).rejects.toMatchObject({ code: 'not_found' });
  });

  test('the new holder answers what the policy demands', async () => {
    const eventId = office.event.id;
    await owner().questions.set({
      eventId,
      key: 'diet',
      label: 'Diet',
      asked: 'ticket',
      required: true,
      collect: 'later',
    });
    await owner().transfers.setPolicy({ eventId, answersRequired: true });
    const { transferId, reader } = await offeredToBen();
    await expect(reader.transfers.accept({ transferId, holder: ben })).rejects.toMatchObject({
      code: 'answers_not_valid',
      details: { problems: [{ path: 'attendees.0.answers.diet', code: 'required' }] },
    });
    const attendees = [{ name: 'Zoe', answers: { diet: 'vegan' } }];
    const { acceptedTicketIds } = await reader.transfers.accept({
      transferId,
      holder: ben,
      attendees,
    });
    expect(await reader.tickets.get({ ticketId: acceptedTicketIds?.[0] ?? '' })).toMatchObject({
      attendee: { name: 'Zoe', answers: [{ key: 'diet', value: 'vegan' }] },
    });
  });

  test('coming in with a ticket ends its offer', async () => {
    const { paid, giver, transferId, reader } = await offeredToBen();
    const { code } = await giver.tickets.code({ ticketId: idsOf(paid)[0] ?? '' });
    expect(await scan(code)).toMatchObject({ admitted: true });
    await expect(reader.transfers.accept({ transferId, holder: ben })).rejects.toMatchObject({
      code: 'transfer_closed',
      details: { state: 'invalidated' },
    });
    await expect(
      giver.transfers.offer({ ticketIds: idsOf(paid), to: { userId: 'ben' } }),
    ).rejects.toMatchObject({ details: { why: 'checked_in' } });
  });

  test('a listed ticket is not offered, and a gift is resold by what its giver paid', async () => {
    const paid = await aPaidOrder(ticketi, office, { userId: 'ada' });
    const listing = await aListing(ticketi, paid);
    const ticketIds = idsOf(paid);
    await expect(
      user('ada').transfers.offer({ ticketIds, to: { userId: 'ben' } }),
    ).rejects.toMatchObject({ code: 'ticket_not_transferable', details: { why: 'listed' } });
    await user('ada').resale.withdraw({ listingId: listing.id });
    const { id: transferId } = await user('ada').transfers.offer({
      ticketIds,
      to: { email: ben.email },
    });
    const { accessToken } = await ticketi.transfers.get({ transferId });
    const reader = ticketi.as({ type: 'guest', token: accessToken ?? '' });
    const { acceptedTicketIds } = await reader.transfers.accept({ transferId, holder: ben });
    const [ticketId = ''] = acceptedTicketIds ?? [];
    const price = paid.tickets[0]?.price ?? 0;
    await expect(reader.resale.list({ ticketId, price: price * 2 })).rejects.toMatchObject({
      code: 'price_above_cap',
    });
    const { id: listingId } = await reader.resale.list({ ticketId, price });
    // It is the new guest's to withdraw, and not the former holder's.
    await expect(user('ada').resale.withdraw({ listingId })).rejects.toMatchObject({
      code: 'not_allowed',
    });
    await reader.resale.withdraw({ listingId });
  });

  test('a refund of a place that was passed on goes to who paid, and voids the newest ticket', async () => {
    const { paid, giver, transferId, reader } = await offeredToBen(2);
    const { acceptedTicketIds } = await reader.transfers.accept({ transferId, holder: ben });
    const [mine = '', other = ''] = acceptedTicketIds ?? [];
    const orderId = paid.order.id;
    await ticketi.refunds.setPolicy({ eventId: office.event.id });
    for (const ticketIds of [undefined, [mine], idsOf(paid)]) {
      await expect(
        giver.refunds.create({ orderId, ...(ticketIds && { ticketIds }) }),
      ).rejects.toMatchObject({ code: 'not_refundable', details: { why: 'transferred' } });
    }
    await expect(reader.refunds.create({ orderId })).rejects.toMatchObject({ code: 'not_allowed' });
    await expect(owner().refunds.create({ orderId, ticketIds: idsOf(paid) })).rejects.toMatchObject(
      { details: { why: 'transferred' } },
    );

    const one = await owner().refunds.create({ orderId, ticketIds: [mine] });
    expect(one).toMatchObject({ amount: 4900, ticketIds: [mine] });
    const rest = await owner().refunds.create({ orderId });
    expect(rest).toMatchObject({ ticketIds: [other] });
    expect(await ticketi.orders.get({ orderId })).toMatchObject({ givenBack: 2 * 4900 });
    expect((await reader.tickets.list({ state: 'valid' })).items).toEqual([]);
    expect(await claimed()).toBe(0);
  });

  test('a buyer who passed one of two tickets on gives back the other', async () => {
    const paid = await aPaidOrder(ticketi, office, { userId: 'ada', quantity: 2 });
    const [first = '', second = ''] = idsOf(paid);
    const { id } = await user('ada').transfers.offer({ ticketIds: [first], to: { userId: 'ben' } });
    await user('ben').transfers.accept({ transferId: id, holder: ben });
    await ticketi.refunds.setPolicy({ eventId: office.event.id });
    const items = [{ ticketTypeId: office.standard.id, quantity: 1 }];
    const refund = await user('ada').refunds.create({ orderId: paid.order.id, items });
    expect(refund.ticketIds).toEqual([second]);
  });

  test('a cancelled event ends offers, and gives each place back once, to who paid', async () => {
    const open = await offeredToBen();
    const done = await offeredToBen(2);
    const { acceptedTicketIds } = await done.reader.transfers.accept({
      transferId: done.transferId,
      holder: ben,
    });
    await owner().events.cancel({ eventId: office.event.id });
    expect(await open.giver.transfers.get({ transferId: open.transferId })).toMatchObject({
      state: 'invalidated',
    });
    await ticketi.refundRuns.work({});
    const { order } = done.paid;
    expect(await ticketi.orders.get({ orderId: order.id })).toMatchObject({
      givenBack: order.total,
      refundState: 'full',
    });
    const { items: refunds } = await ticketi.refunds.list({ organizerId: office.organizer.id });
    const own = refunds.filter(({ orderId }) => orderId === order.id);
    expect(own.map(({ ticketIds }) => [...ticketIds].sort())).toEqual([
      [...(acceptedTicketIds ?? [])].sort(),
    ]);
    expect((await done.reader.tickets.list({ state: 'valid' })).items).toEqual([]);
  });
});
