import { sandboxProvider, type Ticketi } from '@ticketi/core';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import {
  aBoxOffice,
  aListing,
  aPaidOrder,
  type BoxOffice,
  testClock,
  ticketsOf,
} from '../src/index.ts';
import { databases, type TestBase, ticketiOn } from './support/databases.ts';

const ben = { name: 'Ben', email: 'ben@example.com' };
const cleo = { name: 'Cleo', email: 'cleo@example.com' };

describe.each(databases)('new codes, names and the chain of custody on %s', (_name, create) => {
  const clock = testClock();
  let base: TestBase;
  let ticketi: Ticketi;
  let office: BoxOffice;

  beforeAll(async () => {
    base = await create();
    ticketi = await ticketiOn(base.storage(), clock, { payments: { sandbox: sandboxProvider() } });
  });
  beforeEach(async () => {
    office = await aBoxOffice(ticketi, { capacity: 20 });
  });
  afterAll(async () => {
    await ticketi?.close();
    await base?.drop();
  });

  const user = (id: string) => ticketi.as({ type: 'user', id });
  const owner = () => user(office.ownerId);
  const scan = (code: string) => owner().checkin.scan({ eventId: office.event.id, code });
  async function aTicket() {
    const paid = await aPaidOrder(ticketi, office);
    const ticketId = paid.tickets[0]?.id ?? '';
    return { paid, ticketId, guest: ticketi.as(paid.actor), orderId: paid.order.id };
  }

  test('a new code opens, the old one does not, and all else stays', async () => {
    const { ticketId, guest } = await aTicket();
    await guest.tickets.setAttendee({ ticketId, name: 'Zoe' });
    const { code: lost } = await guest.tickets.code({ ticketId });
    const reissued = await guest.tickets.reissue({ ticketId, reason: 'Phone was stolen' });
    expect(reissued).toMatchObject({
      admissionId: ticketId,
      issue: 2,
      state: 'valid',
      attendee: { name: 'Zoe' },
    });
    expect(await scan(lost)).toMatchObject({ reason: 'revoked', why: 'reissued' });
    const { code } = await guest.tickets.code({ ticketId: reissued.id });
    expect(await scan(code)).toMatchObject({ admitted: true });
    await expect(guest.tickets.reissue({ ticketId })).rejects.toMatchObject({
      code: 'ticket_void',
      details: { why: 'reissued' },
    });
    const { items } = await ticketi.outbox.list({
      organizerId: office.organizer.id,
      type: 'ticket.reissued',
    });
    expect(items).toMatchObject([
      { subject: reissued.id, data: { previousTicketId: ticketId, reason: 'Phone was stolen' } },
    ]);
  });

  test('a place is refunded once, however often it got a new code', async () => {
    const { ticketId, guest, orderId } = await aTicket();
    const { id } = await guest.tickets.reissue({ ticketId });
    const refund = await owner().refunds.create({ orderId });
    expect(refund.ticketIds).toEqual([id]);
    expect((await ticketi.orders.get({ orderId })).refundState).toBe('full');
  });

  test('holders get so many in 24 hours, members with a reason as many as they need', async () => {
    await owner().transfers.setPolicy({ eventId: office.event.id, reissuesADay: 2 });
    let { ticketId, guest } = await aTicket();
    const first = clock.now();
    ticketId = (await guest.tickets.reissue({ ticketId })).id;
    clock.advance({ hours: 1 });
    ticketId = (await guest.tickets.reissue({ ticketId })).id;
    await expect(guest.tickets.reissue({ ticketId })).rejects.toMatchObject({
      code: 'reissue_limited',
      details: { max: 2, retryAt: new Date(Date.parse(first) + 86_400_000).toISOString() },
    });
    ticketId = (await owner().tickets.reissue({ ticketId, reason: 'Screenshot leaked' })).id;
    clock.advance({ hours: 24 });
    expect(await guest.tickets.reissue({ ticketId })).toMatchObject({ issue: 5 });
  });

  test('after entry only members make a new code, and who is in stays in', async () => {
    const { ticketId, guest } = await aTicket();
    const { code } = await guest.tickets.code({ ticketId });
    await scan(code);
    await expect(guest.tickets.reissue({ ticketId })).rejects.toMatchObject({
      code: 'ticket_checked_in',
    });
    const { id, checkedInAt } = await owner().tickets.reissue({ ticketId, reason: 'Wet phone' });
    expect(checkedInAt).not.toBeNull();
    const { code: next } = await guest.tickets.code({ ticketId: id });
    expect(await scan(next)).toMatchObject({ admitted: false, reason: 'already_in' });
  });

  test('a new code takes the ticket off the market and out of its offer', async () => {
    const { paid, ticketId, guest } = await aTicket();
    const listing = await aListing(ticketi, paid);
    const { id } = await guest.tickets.reissue({ ticketId });
    expect((await ticketi.resale.get({ listingId: listing.id })).state).toBe('withdrawn');
    const { id: transferId } = await guest.transfers.offer({
      ticketIds: [id],
      to: { userId: 'ben' },
    });
    await guest.tickets.reissue({ ticketId: id });
    await expect(user('ben').transfers.accept({ transferId, holder: ben })).rejects.toMatchObject({
      code: 'transfer_closed',
      details: { state: 'invalidated' },
    });
  });

  test('holders change the name so often and so long, members always', async () => {
    const nameChangeUntil = new Date(Date.parse(clock.now()) + 3_600_000).toISOString();
    const eventId = office.event.id;
    await owner().transfers.setPolicy({ eventId, nameChanges: 1, nameChangeUntil });
    const { ticketId, guest } = await aTicket();
    const name = (to: string | null) => guest.tickets.setAttendee({ ticketId, name: to });
    await name('Zoe');
    await name('Zoe');
    await name('Eve');
    await expect(name('Zoe')).rejects.toMatchObject({
      code: 'name_change_closed',
      details: { why: 'too_often', max: 1 },
    });
    await expect(name(null)).rejects.toMatchObject({ code: 'name_change_closed' });
    // A new code is no new start.
    const { id } = await guest.tickets.reissue({ ticketId });
    await expect(guest.tickets.setAttendee({ ticketId: id, name: 'Zoe' })).rejects.toMatchObject({
      code: 'name_change_closed',
    });
    await guest.tickets.setAttendee({ ticketId: id, email: 'zoe@example.com' });
    await owner().tickets.setAttendee({ ticketId: id, name: 'Zoe' });

    const other = await aTicket();
    await other.guest.tickets.setAttendee({ ticketId: other.ticketId, name: 'Zoe' });
    clock.advance({ hours: 1 });
    await expect(
      other.guest.tickets.setAttendee({ ticketId: other.ticketId, name: 'Eve' }),
    ).rejects.toMatchObject({ details: { why: 'too_late', until: nameChangeUntil } });
    // Whom nobody has named is named for the first time.
    const late = await aTicket();
    await late.guest.tickets.setAttendee({ ticketId: late.ticketId, name: 'Eve' });
  });

  test('the chain shows every holder to members, and to a holder only themselves', async () => {
    const { paid, ticketId, guest } = await aTicket();
    const { id: transferId } = await guest.transfers.offer({
      ticketIds: [ticketId],
      to: { userId: 'ben' },
    });
    const { acceptedTicketIds } = await user('ben').transfers.accept({ transferId, holder: ben });
    const given = acceptedTicketIds?.[0] ?? '';
    const { id: listingId } = await user('ben').resale.list({ ticketId: given, price: 3000 });
    const order = await user('cleo').resale.buy({
      listingId,
      buyer: cleo,
      payment: { provider: 'sandbox' },
    });
    const [bought] = await ticketsOf(ticketi, order.id);
    const last = await user('cleo').tickets.reissue({ ticketId: bought?.id ?? '' });

    const all = await owner().tickets.custody({ ticketId: last.id });
    expect(all.admissionId).toBe(ticketId);
    const { price } = paid.tickets[0] ?? { price: 0 };
    expect(all.links).toMatchObject([
      { kind: 'issued', issue: 1, ticketId, holder: { name: 'buyer' }, price },
      { kind: 'transferred', issue: 2, ticketId: given, holder: { userId: 'ben' }, price },
      { kind: 'resold', issue: 3, holder: { userId: 'cleo' }, price: 3000 },
      { kind: 'reissued', issue: 4, ticketId: last.id, holder: { userId: 'cleo' }, price: 3000 },
    ]);
    const own = await user('cleo').tickets.custody({ ticketId: last.id });
    expect(
      own.links.map(({ kind, holder, price: paidFor }) => [kind, holder?.name, paidFor]),
    ).toEqual([
      ['issued', undefined, null],
      ['transferred', undefined, null],
      ['resold', 'Cleo', 3000],
      ['reissued', 'Cleo', 3000],
    ]);
    expect(own.links.map(({ at }) => at)).toEqual(all.links.map(({ at }) => at));
  });

  test('the doctor finds a chain with a link missing, doubled or of another kind', async () => {
    const broken = async () =>
      (await ticketi.doctor.check()).checks.find(({ name }) => name === 'custody');
    const { ticketId, guest } = await aTicket();
    const { id } = await guest.tickets.reissue({ ticketId });
    expect(await broken()).toMatchObject({ ok: true });
    const link = `SELECT id FROM {t}custody WHERE ticket_id = '${id}'`;
    const set = (kind: string) =>
      base.execute(`UPDATE {t}custody SET kind = '${kind}' WHERE id IN (${link})`);
    await set('resold');
    expect(await broken()).toMatchObject({ ok: false, message: expect.stringContaining(ticketId) });
    await set('reissued');
    await base.execute(`UPDATE {t}tickets SET issue = 3 WHERE id = '${id}'`);
    expect(await broken()).toMatchObject({ ok: false });
    await base.execute(`UPDATE {t}tickets SET issue = 2 WHERE id = '${id}'`);
    await base.execute(`DELETE FROM {t}custody WHERE ticket_id = '${id}'`);
    expect(await broken()).toMatchObject({ ok: false, message: expect.stringContaining(id) });
  });
});
