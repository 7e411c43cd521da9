import type { Ticketi } from '@ticketi/core';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import {
  aBoxOffice,
  aGiftCard,
  aListing,
  aPaidOrder,
  type BoxOffice,
  testClock,
} from '../src/index.ts';
import { databases, type TestBase, ticketiOn } from './support/databases.ts';

describe.each(databases)('payouts on %s', (_name, create) => {
  let base: TestBase;
  let ticketi: Ticketi;
  let office: BoxOffice;
  let organizerId: string;

  beforeAll(async () => {
    base = await create();
    ticketi = await ticketiOn(base.storage(), testClock());
  });
  beforeEach(async () => {
    office = await aBoxOffice(ticketi, { fee: { percent: '0', fixed: 0 } });
    organizerId = office.organizer.id;
  });
  afterAll(async () => {
    expect((await ticketi.diagnose()).checks.filter(({ ok }) => !ok)).toEqual([]);
    await ticketi?.close();
    await base?.drop();
  });

  async function balances(): Promise<Record<string, number>> {
    const answer = await ticketi.ledger.balances({ organizerId });
    return Object.fromEntries(answer.balances.map(({ account, amount }) => [account, amount]));
  }

  test('go from what is owed over what is on its way to what the provider holds', async () => {
    await aPaidOrder(ticketi, office, { quantity: 2 });
    const owner = ticketi.as({ type: 'user', id: office.ownerId });
    const payout = await owner.payouts.create({ organizerId, reference: 'July' });
    expect(payout).toMatchObject({ amount: 9800, currency: 'EUR', state: 'pending' });
    expect(await balances()).toEqual({
      organizer_payable: 0,
      payouts_in_transit: -9800,
      provider_clearing: 9800,
    });
    const paid = await ticketi.payouts.settle({ payoutId: payout.id, reference: 'SEPA-1' });
    expect(paid).toMatchObject({ state: 'paid', reference: 'SEPA-1', reason: null });
    expect(paid.settledAt).not.toBeNull();
    expect(await balances()).toEqual({
      organizer_payable: 0,
      payouts_in_transit: 0,
      provider_clearing: 0,
    });
    expect(await owner.payouts.get({ payoutId: payout.id })).toEqual(paid);
    expect((await owner.payouts.list({ organizerId, state: 'paid' })).items).toEqual([paid]);
    for (const end of [
      ticketi.payouts.settle({ payoutId: payout.id }),
      ticketi.payouts.fail({ payoutId: payout.id, reason: 'late' }),
      ticketi.payouts.cancel({ payoutId: payout.id }),
    ]) {
      await expect(end).rejects.toMatchObject({
        code: 'payout_not_pending',
        details: { state: 'paid' },
      });
    }
  });

  test('that fail or are cancelled are owed again', async () => {
    await aPaidOrder(ticketi, office);
    const { id: failed } = await ticketi.payouts.create({ organizerId });
    await expect(ticketi.payouts.create({ organizerId })).rejects.toMatchObject({
      code: 'nothing_to_pay_out',
    });
    expect(await ticketi.payouts.fail({ payoutId: failed, reason: 'closed' })).toMatchObject({
      state: 'failed',
      reason: 'closed',
    });
    const { id: cancelled } = await ticketi.payouts.create({ organizerId, amount: 900 });
    expect(await ticketi.payouts.cancel({ payoutId: cancelled })).toMatchObject({
      state: 'cancelled',
      reason: null,
    });
    expect((await balances()).organizer_payable).toBe(-4900);
  });

  test('never pay more than is owed, for an event and overall', async () => {
    await aPaidOrder(ticketi, office, { quantity: 2 });
    const eventId = office.event.id;
    await expect(ticketi.payouts.create({ organizerId, amount: 9801 })).rejects.toMatchObject({
      code: 'payout_above_balance',
      details: { payable: 9800, currency: 'EUR' },
      message: 'At most 98.00 EUR can be paid out now.',
    });
    await ticketi.payouts.create({ organizerId, amount: 9000 });
    // The event alone would still have all of it, but what is paid out is paid out.
    await expect(
      ticketi.payouts.create({ organizerId, eventId, amount: 801 }),
    ).rejects.toMatchObject({ code: 'payout_above_balance', details: { payable: 800 } });
    expect(await ticketi.payouts.create({ organizerId, eventId })).toMatchObject({
      amount: 800,
      eventId,
    });
  });

  test('are refused with words where more went back than came', async () => {
    await aGiftCard(ticketi, office, { amount: 1234 });
    await expect(ticketi.payouts.create({ organizerId })).rejects.toMatchObject({
      code: 'nothing_to_pay_out',
      details: { payable: -1234, currency: 'EUR' },
      message: 'Nothing can be paid out: 12.34 EUR more went back or was paid out than was earned.',
    });
  });

  test('go to the seller of a ticket too, what they are owed and no more', async () => {
    const first = await aPaidOrder(ticketi, office, { userId: 'seller' });
    const listing = await aListing(ticketi, first);
    await ticketi.as({ type: 'user', id: 'fay' }).resale.buy({
      listingId: listing.id,
      buyer: { name: 'Fay', email: 'fay@example.com' },
      payment: { provider: 'sandbox' },
    });
    const ticketId = first.tickets[0]?.id ?? '';
    const owed = 4900 - 245;
    await expect(ticketi.payouts.create({ organizerId, ticketId })).rejects.toMatchObject({
      code: 'payout_not_due',
      details: { dueAt: '2097-07-11T00:00:00.000Z' },
    });
    await ticketi.sessions.update({
      sessionId: office.event.sessions[0]?.id ?? '',
      startsAt: '2020-07-10T18:00',
      endsAt: '2020-07-11T02:00',
    });
    await expect(
      ticketi.payouts.create({ organizerId, ticketId, amount: owed + 1 }),
    ).rejects.toMatchObject({ code: 'payout_above_balance', details: { payable: owed } });
    const payout = await ticketi.payouts.create({ organizerId, ticketId });
    expect(payout).toMatchObject({ amount: owed, ticketId });
    await ticketi.payouts.settle({ payoutId: payout.id });
    const seller = ticketi.as({ type: 'user', id: 'seller' });
    expect((await seller.ledger.sellerStatement({ ticketId })).closing).toBe(0);
    await expect(ticketi.payouts.create({ organizerId, ticketId })).rejects.toMatchObject({
      code: 'nothing_to_pay_out',
    });
    const other = await aBoxOffice(ticketi);
    await expect(
      ticketi.payouts.create({ organizerId: other.organizer.id, ticketId }),
    ).rejects.toMatchObject({ code: 'not_found' });
  });

  test('are announced', async () => {
    await aPaidOrder(ticketi, office);
    const { id: payoutId } = await ticketi.payouts.create({ organizerId });
    await ticketi.payouts.settle({ payoutId });
    const { items } = await ticketi.outbox.list({ organizerId, subject: payoutId });
    expect(items.map(({ type }) => type)).toEqual(['payout.paid', 'payout.pending']);
  });
});
