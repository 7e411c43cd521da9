import type { Actor, Ticketi } from '@ticketi/core';
import { aBoxOffice, aPaidOrder } from '../../src/index.ts';
import { call } from './crowd.ts';
import type { Outcome } from './participant.ts';
import { field, type Race, strange, times, wins } from './race.ts';

const system: Actor = { type: 'system' };
const user = (id: string): Actor => ({ type: 'user', id });
const person = (name: string) => ({ name, email: `${name}@example.com` });
const accept = (transferId: string) =>
  call('transfers.accept', user('ben'), { transferId, holder: person('ben') });

/** Ten tickets of ten orders of Ada, each offered to Ben. */
async function tenOffers(ticketi: Ticketi) {
  const office = await aBoxOffice(ticketi);
  const offers = await Promise.all(
    times(10, async () => {
      const { order, tickets } = await aPaidOrder(ticketi, office, { userId: 'ada' });
      const ticketId = tickets[0]?.id ?? '';
      const { code } = await ticketi.tickets.code({ ticketId });
      const to = { userId: 'ben' };
      const offer = await ticketi.as(user('ada')).transfers.offer({ ticketIds: [ticketId], to });
      return { orderId: order.id, ticketId, code, transferId: offer.id };
    }),
  );
  /** Who holds valid tickets of an order, by user id. */
  const holders = async (orderId: string) => {
    const { items } = await ticketi.tickets.list({ orderId, state: 'valid' });
    return items.map(({ holder }) => holder.userId);
  };
  return { office, offers, holders };
}

const isDone = (outcome: Outcome | undefined) => outcome?.status === 'done';

export const oneAcceptance: Race = {
  name: 'an offer that 20 accept with its token: one has the ticket',
  expected: 1,
  async run({ ticketi, clock, crowd }) {
    const { tickets, order } = await aPaidOrder(ticketi, await aBoxOffice(ticketi));
    const { id: transferId } = await ticketi.transfers.offer({
      ticketIds: tickets.map(({ id }) => id),
      to: { email: 'ben@example.com' },
    });
    const { accessToken: token } = await ticketi.transfers.get({ transferId });
    const outcomes = await crowd.race(
      times(20, (index) =>
        call('transfers.accept', user(`reader${index}`), {
          transferId,
          holder: person('ben'),
          token,
        }),
      ),
      clock.now(),
    );
    const { items } = await ticketi.tickets.list({ orderId: order.id, state: 'valid' });
    const count = Math.max(wins(outcomes).length, items.length);
    return { count, strange: strange(outcomes, 'transfer_closed') };
  },
};

export const oneOffer: Race = {
  name: 'a ticket that is offered to 20: to one of them',
  expected: 1,
  async run({ ticketi, clock, crowd }) {
    const office = await aBoxOffice(ticketi);
    const { tickets } = await aPaidOrder(ticketi, office, { userId: 'ada' });
    const ticketIds = tickets.map(({ id }) => id);
    const outcomes = await crowd.race(
      times(20, (index) =>
        call('transfers.offer', user('ada'), { ticketIds, to: { userId: `friend${index}` } }),
      ),
      clock.now(),
    );
    return {
      count: wins(outcomes).length,
      strange: strange(outcomes, 'ticket_not_transferable'),
    };
  },
};

export const acceptOrCancel: Race = {
  name: 'ten offers are accepted while they are taken back: one of both, and the ticket is where it says',
  expected: 0,
  async run({ ticketi, clock, crowd }) {
    const { offers, holders } = await tenOffers(ticketi);
    const outcomes = await crowd.race(
      offers.flatMap(({ transferId }) => [
        accept(transferId),
        call('transfers.cancel', user('ada'), { transferId }),
      ]),
      clock.now(),
    );
    const found = await Promise.all(offers.map(({ orderId }) => holders(orderId)));
    const wrong = offers.filter((_, index) => {
      const [accepted, cancelled] = outcomes.slice(index * 2, index * 2 + 2);
      const expected = isDone(accepted) ? 'ben' : 'ada';
      return isDone(accepted) === isDone(cancelled) || found[index]?.join() !== expected;
    });
    return { count: wrong.length, strange: strange(outcomes, 'transfer_closed') };
  },
};

export const acceptOrScan: Race = {
  name: 'ten offers are accepted while the tickets are scanned: passed on or in, never both or neither',
  expected: 0,
  async run({ ticketi, clock, crowd }) {
    const { office, offers } = await tenOffers(ticketi);
    const outcomes = await crowd.race(
      offers.flatMap(({ transferId, code }) => [
        accept(transferId),
        // Who accepts has looked at the ticket by then.
        call(
          'checkin.scan',
          user(office.ownerId),
          { eventId: office.event.id, code },
          { afterMillis: 5 },
        ),
      ]),
      clock.now(),
    );
    const wrong = offers.filter((_, index) => {
      const [accepted, scan] = outcomes.slice(index * 2, index * 2 + 2);
      const isIn = scan?.status === 'done' && field(scan.output, 'admitted') === true;
      return isDone(accepted) === isIn;
    });
    return { count: wrong.length, strange: strange(outcomes, 'transfer_closed') };
  },
};

export const acceptOrRefund: Race = {
  name: 'ten offers are accepted while their orders are refunded: the money is back, and nobody has a ticket',
  expected: 0,
  async run({ ticketi, clock, crowd }) {
    const { offers, holders } = await tenOffers(ticketi);
    const outcomes = await crowd.race(
      offers.flatMap(({ transferId, orderId }) => [
        accept(transferId),
        call('refunds.record', system, { orderId }),
      ]),
      clock.now(),
    );
    const found = await Promise.all(offers.map(({ orderId }) => holders(orderId)));
    const wrong = offers.filter((_, index) => {
      const [, refund] = outcomes.slice(index * 2, index * 2 + 2);
      return !isDone(refund) || found[index]?.length !== 0;
    });
    return { count: wrong.length, strange: strange(outcomes, 'transfer_closed') };
  },
};

export const acceptOrVoid: Race = {
  name: 'ten offers are accepted while the tickets are voided: one of both',
  expected: 0,
  async run({ ticketi, clock, crowd }) {
    const { offers, holders } = await tenOffers(ticketi);
    const outcomes = await crowd.race(
      offers.flatMap(({ transferId, ticketId }) => [
        accept(transferId),
        call('tickets.void', system, { ticketId }),
      ]),
      clock.now(),
    );
    const found = await Promise.all(offers.map(({ orderId }) => holders(orderId)));
    const wrong = offers.filter((_, index) => {
      const [accepted, voided] = outcomes.slice(index * 2, index * 2 + 2);
      const valid = isDone(accepted) ? 1 : 0;
      return isDone(accepted) === isDone(voided) || found[index]?.length !== valid;
    });
    return { count: wrong.length, strange: strange(outcomes, 'transfer_closed', 'ticket_void') };
  },
};

export const offerOrList: Race = {
  name: 'ten tickets are offered to somebody while they are put up for resale: one of both',
  expected: 0,
  async run({ ticketi, clock, crowd }) {
    const office = await aBoxOffice(ticketi);
    const ticketIds = await Promise.all(
      times(10, async () => {
        const { tickets } = await aPaidOrder(ticketi, office, { userId: 'ada' });
        return tickets[0]?.id ?? '';
      }),
    );
    const outcomes = await crowd.race(
      ticketIds.flatMap((ticketId) => [
        call('transfers.offer', user('ada'), { ticketIds: [ticketId], to: { userId: 'ben' } }),
        call('resale.list', user('ada'), { ticketId, price: 100 }),
      ]),
      clock.now(),
    );
    const wrong = ticketIds.filter((_, index) => {
      const [offered, listed] = outcomes.slice(index * 2, index * 2 + 2);
      return isDone(offered) === isDone(listed);
    });
    return {
      count: wrong.length,
      strange: strange(outcomes, 'ticket_not_transferable', 'ticket_not_resellable'),
    };
  },
};

export const offerOrListAgain: Race = {
  name: 'ten tickets whose listings are over are offered, listed again and swept: offered or listed',
  expected: 0,
  async run({ ticketi, clock, crowd }) {
    const ends = new Date(Date.parse(clock.now()) + 60_000).toISOString();
    const office = await aBoxOffice(ticketi, { resale: { closesAt: ends } });
    const listed = await Promise.all(
      times(10, async () => {
        const { tickets } = await aPaidOrder(ticketi, office, { userId: 'ada' });
        const ticketId = tickets[0]?.id ?? '';
        const { id: listingId } = await ticketi
          .as(user('ada'))
          .resale.list({ ticketId, price: 100 });
        return { ticketId, listingId };
      }),
    );
    clock.set(ends);
    await ticketi.resale.setPolicy({ eventId: office.event.id });
    const outcomes = await crowd.race(
      [
        ...listed.flatMap(({ ticketId }) => [
          call('transfers.offer', user('ada'), { ticketIds: [ticketId], to: { userId: 'ben' } }),
          call('resale.list', user('ada'), { ticketId, price: 100 }),
        ]),
        call('resale.expire', system, {}),
      ],
      clock.now(),
    );
    const old = await Promise.all(listed.map(({ listingId }) => ticketi.resale.get({ listingId })));
    const wrong = listed.filter((_, index) => {
      const [offered, again] = outcomes.slice(index * 2, index * 2 + 2);
      return isDone(offered) === isDone(again) || old[index]?.closedAt !== ends;
    });
    return {
      count: wrong.length,
      strange: strange(outcomes, 'ticket_not_transferable', 'ticket_not_resellable'),
    };
  },
};

export const oneNewCode: Race = {
  name: 'a ticket that 20 ask for a new code of: one has it, and one code opens',
  expected: 1,
  async run({ ticketi, clock, crowd }) {
    const office = await aBoxOffice(ticketi);
    const { order, tickets } = await aPaidOrder(ticketi, office, { userId: 'ada' });
    const input = { ticketId: tickets[0]?.id ?? '', reason: 'Lost' };
    const outcomes = await crowd.race(
      times(20, () => call('tickets.reissue', user('ada'), input)),
      clock.now(),
    );
    const { items } = await ticketi.tickets.list({ orderId: order.id, state: 'valid' });
    const count = Math.max(wins(outcomes).length, items.length);
    return { count, strange: strange(outcomes, 'ticket_void') };
  },
};
