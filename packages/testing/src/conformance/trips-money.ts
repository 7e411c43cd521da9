import type {
  EntryRecord,
  PostingRecord,
  RefundOutcomeRecord,
  RefundPolicyRecord,
} from '@ticketi/core';
import { aCreditNote, anInvoice, anIssuer } from './invoice-records.ts';
import { aHold, aQuote, MOST, newId, now, soon } from './records.ts';
import {
  aGiftCard,
  aGiftCardUse,
  anOrder,
  anOrderRefund,
  aPayment,
  aRefund,
  aRefundRun,
  insertOrder,
} from './sales-records.ts';
import { odd, type Trips, through } from './trip.ts';

/** A record of every table of holds, orders and all money, with the values that are easily lost. */
export const money: Trips = {
  hold: (tx, owner) =>
    through(tx.inventory.holds, aHold(owner, { userId: odd, items: [], quote: aQuote(MOST) })),
  order: async (tx, owner) => {
    const hold = aHold(owner, { quote: aQuote(MOST) });
    await tx.inventory.holds.insert([hold]);
    const paid = { ...anOrder(hold), state: 'paid', paidAt: soon, cancelledAt: null } as const;
    const giftCards = [{ giftCardId: newId('gft'), lastFour: '0000', amount: MOST }];
    return through(tx.orders.orders, {
      ...paid,
      buyerName: odd,
      buyerSearch: odd,
      channel: 'box_office',
      answers: [{ key: 'size', label: odd, value: [odd, ''] }],
      attendees: [{ name: null, email: odd, answers: [{ key: 'n', label: '', value: 0.5 }] }],
      dueAt: soon,
      credited: MOST,
      giftCards,
      refunded: MOST,
      givenBack: MOST,
      provider: null,
    });
  },
  'note on an order': async (tx, owner) => {
    const { id: orderId, organizerId, eventId } = await insertOrder(tx, owner);
    const note = { id: newId('nte'), organizerId, eventId, orderId, author: odd };
    return through(tx.orders.notes, { ...note, text: odd, createdAt: soon });
  },
  'requests for access': async (tx) => {
    const wrote = { id: newId('nte'), since: soon, requests: 4, revision: 1 };
    await tx.orders.accessRequests.ensure(wrote);
    await tx.orders.accessRequests.ensure({ ...wrote, requests: 9 });
    return { wrote, found: await tx.orders.accessRequests.find(wrote.id) };
  },
  payment: async (tx, owner) => {
    const order = await insertOrder(tx, owner);
    return through(
      tx.payments.payments,
      aPayment(order, {
        method: odd,
        providerRef: '',
        action: 'https://x.example/?a=1&b=2',
        toldAt: soon,
        cancelRequestedAt: now,
      }),
    );
  },
  refund: async (tx, owner) => {
    const payment = aPayment(await insertOrder(tx, owner));
    await tx.payments.payments.insert([payment]);
    return through(tx.payments.refunds, {
      ...aRefund(payment),
      providerRef: odd,
      amount: MOST,
      orderRefundId: odd,
      reason: 'requested',
      state: 'pending',
      attempt: 99,
      failure: odd,
      dueAt: soon,
    });
  },
  discrepancy: (tx, owner) =>
    through(tx.payments.discrepancies, {
      ...owner,
      id: newId('dcp'),
      orderId: null,
      paymentId: newId('pay'),
      provider: odd,
      kind: 'unknown_refund',
      subject: newId('pay'),
      amount: MOST,
      currency: odd,
      detail: odd,
      createdAt: now,
      resolvedAt: soon,
      resolution: odd,
      revision: 3,
    }),
  'message of a provider': async (tx) => {
    const id = `${odd}:${newId('pay')}`;
    const facts = { about: 'dispute', outcome: 'recorded', subject: odd } as const;
    const message = { ...facts, id, at: now, receivedAt: soon };
    await tx.payments.messages.insert(message);
    return { wrote: message, found: await tx.payments.messages.find(id) };
  },
  'refund of an order': async (tx, owner) => {
    const order = await insertOrder(tx, owner);
    const card = aGiftCard(owner);
    await tx.giftCards.cards.insert([card]);
    const credit = { to: 'credit', giftCardId: card.id, amount: MOST } as const;
    return through(
      tx.refunds.orderRefunds,
      anOrderRefund(order, {
        kind: 'goodwill',
        reason: odd,
        policy: 'reprice',
        feesKept: true,
        percent: '33.333333',
        amount: MOST,
        units: [],
        means: [credit],
        credit: MOST,
        creditCardId: card.id,
        creditCode: odd,
        runId: newId('rfr'),
        madeBy: odd,
      }),
    );
  },
  'refund policy': async (tx, owner) => {
    const policy: RefundPolicyRecord = {
      ...owner,
      id: newId('rfp'),
      terms: {
        selfService: false,
        steps: [{ until: '48h before start', percent: '12.5' }],
        feesKept: true,
        minimum: MOST,
        to: 'credit',
      },
      instants: [null, now],
      createdAt: now,
    };
    await tx.refunds.policies.insert([policy]);
    return { wrote: policy, found: (await tx.refunds.policies.ofEvent(owner.eventId))[0] };
  },
  'refund run': (tx, owner) => {
    const done = { state: 'done', doneAt: soon, cursor: newId('ord') } as const;
    const change = { ...done, destination: 'credit', feesKept: true, reason: odd } as const;
    return through(tx.refunds.runs, aRefundRun(owner, change));
  },
  'outcome of a refund run': async (tx, owner) => {
    const run = aRefundRun(owner);
    await tx.refunds.runs.insert([run]);
    const outcome: RefundOutcomeRecord = {
      ...owner,
      id: newId('rfo'),
      runId: run.id,
      orderId: newId('ord'),
      state: 'failed',
      amount: MOST,
      reason: odd,
      ticketIds: [odd],
      orderRefundId: newId('orf'),
      at: now,
      revision: 3,
    };
    return through(tx.refunds.outcomes, outcome);
  },
  'gift card': (tx, owner) =>
    through(
      tx.giftCards.cards,
      aGiftCard(owner, {
        loaded: MOST,
        spent: MOST,
        expiresAt: soon,
        note: odd,
        state: 'disabled',
      }),
    ),
  issuer: (tx, { organizerId }) => through(tx.invoices.issuers, anIssuer(organizerId, odd)),
  invoice: async (tx, owner) =>
    through(tx.invoices.invoices, anInvoice(await insertOrder(tx, owner))),
  'credit note': async (tx, owner) => {
    const invoice = anInvoice(await insertOrder(tx, owner));
    await tx.invoices.invoices.insert([invoice]);
    return through(
      tx.invoices.invoices,
      aCreditNote(invoice, {
        reason: odd,
        refundId: odd,
        number: odd,
        total: MOST,
        sequence: MOST,
      }),
    );
  },
  'use of a gift card': async (tx, owner) => {
    const order = await insertOrder(tx, owner);
    const card = aGiftCard(owner);
    await tx.giftCards.cards.insert([card]);
    const paid = { expiresAt: null, paidAt: soon };
    return through(
      tx.giftCards.uses,
      aGiftCardUse(order, card, { ...paid, amount: MOST, refunded: MOST }),
    );
  },
  'posting of no event': async (tx, { organizerId }) => {
    const posting: PostingRecord = {
      id: newId('pst'),
      organizerId,
      eventId: null,
      kind: 'gift_card_issue',
      sourceId: newId('gft'),
      currency: 'EUR',
      at: now,
    };
    const entry: EntryRecord = {
      id: newId('ent'),
      postingId: posting.id,
      organizerId,
      eventId: null,
      account: 'gift_cards',
      party: posting.sourceId,
      item: 'gift_card',
      currency: 'EUR',
      amount: -MOST,
      at: now,
    };
    await tx.ledger.append([posting], [entry]);
    const [found] = await tx.ledger.entriesOf([posting.id]);
    return {
      wrote: { posting, entry },
      found: { posting: await tx.ledger.postings.find(posting.id), entry: found },
    };
  },
};
