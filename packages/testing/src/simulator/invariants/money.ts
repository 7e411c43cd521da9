import type { OrderRecord } from '@ticketi/core';
import type { Change } from '../journal.ts';
import type { CommitRule, LookRule, StepRule } from './invariant.ts';

/** Money that came for nothing; other refunds are of what an order has paid. */
const STRAY = new Set(['late_payment', 'already_paid', 'order_cancelled', 'wrong_amount']);

function became<Row extends { readonly state: string }>(
  changes: readonly Change<Row>[],
  state: string,
): Row[] {
  return changes
    .filter(({ was, next }) => next.state === state && was?.state !== state)
    .map(({ next }) => next);
}

export const balanced: CommitRule = {
  name: 'every posting balances',
  find: ({ written }) =>
    written.postings
      .filter(({ entries }) => sum(entries.map(({ amount }) => amount)) !== 0)
      .map(({ posting }) => `${posting.kind} of ${posting.sourceId}`),
};

export const booked: CommitRule = {
  name: 'what is paid or given back is booked with it',
  find({ written }) {
    const sources = new Set(written.postings.map(({ posting }) => posting.sourceId));
    const due = [
      ...became(written.order, 'paid').filter(({ total }) => total > 0),
      ...became(written.refund, 'succeeded'),
    ];
    return due.filter(({ id }) => !sources.has(id)).map(({ id }) => id);
  },
};

export const received: CommitRule = {
  name: 'money that comes buys its order or goes back',
  find({ written }) {
    const paid = new Set(became(written.order, 'paid').map(({ id }) => id));
    const back = new Set(written.refund.map(({ next }) => next.paymentId));
    return became(written.payment, 'succeeded')
      .filter(({ id, orderId }) => !paid.has(orderId) && !back.has(id))
      .map(({ id, orderId }) => `${id} of ${orderId}`);
  },
};

export const givenBack: StepRule = {
  name: 'no more is given back of an order than it cost, and it says what that is',
  find({ journal: { books } }) {
    const refunds = Map.groupBy(books.orderRefund.values(), ({ orderId }) => orderId);
    return [...books.order.values()].flatMap(({ id, total, givenBack: said }) => {
      const back = sum((refunds.get(id) ?? []).map(({ amount }) => amount));
      return back === said && said <= total ? [] : [`${id} of ${total}: ${said}, refunds ${back}`];
    });
  },
};

/** In the end, when the run of a cancelled event has done what it had to. */
export const allGivenBack: LookRule = {
  name: 'who paid for an event that is cancelled has all of it back',
  find: ({ journal: { books, outbox } }) =>
    [...outbox.values()].some(({ type }) => type === 'event.cancelled')
      ? [...books.order.values()]
          .filter(({ state, total, givenBack: back }) => state === 'paid' && back !== total)
          .map(({ id, total, givenBack: back }) => `${id} has ${back} of ${total}`)
      : [],
};

export const careful: StepRule = {
  name: 'no more goes back than came, and nothing twice',
  find: ({ bank }) => bank.complaints,
};

/** What an order keeps of what the bank and the counter have, in its own currency. */
export const charged: LookRule = {
  name: 'who is charged has tickets, and who is not has their money',
  find: ({ bank, journal: { books } }) =>
    [...books.order.values()].flatMap((order) => {
      const payments = [...books.payment.values()].filter(({ orderId }) => orderId === order.id);
      const kept = sum(
        payments.map(({ id }) => {
          const charge = bank.charges.get(id);
          if (charge !== undefined) return charge.received - sum([...charge.refunds.values()]);
          if (books.payment.get(id)?.state !== 'succeeded') return 0;
          return (bank.cash.get(id)?.received ?? 0) - handedBack(id);
        }),
      );
      const due = dueOf(order);
      return kept === due ? [] : [`${order.id} (${order.state}) keeps ${kept}, should keep ${due}`];

      function handedBack(paymentId: string): number {
        return sum(
          [...bank.handedBack.values()]
            .filter(({ reference }) => books.refund.get(reference)?.paymentId === paymentId)
            .map(({ amount }) => amount),
        );
      }

      function dueOf({ id, state, total, credited }: OrderRecord): number {
        if (state !== 'paid') return 0;
        const returned = [...books.refund.values()].filter(
          ({ orderId, reason, state: how }) =>
            orderId === id && how === 'succeeded' && !STRAY.has(reason),
        );
        return total - credited - sum(returned.map(({ amount }) => amount));
      }
    }),
};

export const agreed: LookRule = {
  name: 'the provider and the books tell of the same refunds',
  find({ bank, journal: { books } }) {
    const refunds = [...books.refund.values()];
    const open = refunds.filter(({ state }) => state !== 'succeeded');
    const told = [...bank.charges.values()].flatMap(({ refunds: own }) => [...own]);
    const handed = [...bank.handedBack].map(
      ([reference, { amount }]) => [reference, amount] as const,
    );
    const unknown = [...told, ...handed].filter(
      ([reference, amount]) => books.refund.get(reference)?.amount !== amount,
    );
    const known = new Set([...told, ...handed].map(([reference]) => reference));
    return [
      ...open.map(({ id, state }) => `${id} is still ${state}`),
      ...unknown.map(([reference, amount]) => `${reference} of ${amount} is not in the books`),
      ...refunds.filter(({ id }) => !known.has(id)).map(({ id }) => `${id} never went back`),
    ];
  },
};

export const cleared: LookRule = {
  name: 'the ledger has the money that is there',
  find({ bank, journal }) {
    const there = new Map<string, number>();
    const add = (currency: string, amount: number) =>
      void there.set(currency, (there.get(currency) ?? 0) + amount);
    for (const { received: came, paidIn, refunds } of bank.charges.values()) {
      add(paidIn, came - sum([...refunds.values()]));
    }
    for (const [id, { received: came, currency }] of bank.cash) {
      if (journal.books.payment.get(id)?.state === 'succeeded') add(currency, came);
    }
    for (const { amount, currency } of bank.handedBack.values()) add(currency, -amount);
    for (const { state, currency, amount } of journal.books.payout.values()) {
      if (state === 'paid') add(currency, -amount);
    }
    for (const { account, currency, amount } of journal.entries) {
      if (account === 'provider_clearing') add(currency, -amount);
    }
    return [...there].flatMap(([currency, off]) =>
      off === 0 ? [] : [`${off} ${currency} more than is booked`],
    );
  },
};

function sum(amounts: readonly number[]): number {
  return amounts.reduce((total, amount) => total + amount, 0);
}
