import type {
  AuditRecord,
  CodeRecord,
  CustodyRecord,
  DeliveryRecord,
  EndpointRecord,
  EntryRecord,
  OutboxRecord,
  PostingRecord,
  ReadStore,
  RefundOutcomeRecord,
  RefundPolicyRecord,
  ScanRecord,
  WriteTx,
} from '@ticketi/core';
import { aCreditNote, anInvoice, anIssuer } from './invoice-records.ts';
import {
  aBlock,
  aHold,
  aMember,
  anEvent,
  anOrganizer,
  aPool,
  aQuote,
  aSession,
  aTicketType,
  insertOwner,
  MOST,
  newId,
  now,
  type Owner,
  soon,
} from './records.ts';
import {
  aGiftCard,
  aGiftCardUse,
  aListing,
  anOrder,
  anOrderRefund,
  aPayment,
  aRefund,
  aRefundRun,
  aTicket,
  insertOrder,
} from './sales-records.ts';
import type { Part } from './suite.ts';

const odd = "Zoë \u{1F39F} „quoted\" 'it'\\s' 100 % ? $1 \t\n\u2028 漢字 \u200Frtl";

interface Trip {
  readonly wrote: object;
  readonly found: object | undefined;
}

async function through<Row extends { readonly id: string }>(
  store: ReadStore<Row, never> & { insert(rows: readonly Row[]): Promise<void> },
  row: Row,
): Promise<Trip> {
  await store.insert([row]);
  return { wrote: row, found: await store.find(row.id) };
}

type Send = (tx: WriteTx, owner: Owner) => Promise<Trip>;

/** A record of every table, with the values that are easily lost. */
const trips: Readonly<Record<string, Send>> = {
  organizer: (tx) => through(tx.organizers.organizers, anOrganizer({ name: odd })),
  member: (tx, { organizerId }) =>
    through(tx.organizers.members, aMember(organizerId, { userId: odd, role: 'box_office' })),
  event: (tx, { organizerId }) =>
    through(tx.events.events, {
      ...anEvent(organizerId, 'odd'),
      name: odd,
      description: odd.repeat(200),
      tags: ['', odd, 'null'],
      venue: null,
    }),
  'cancelled event': (tx, { organizerId }) =>
    through(tx.events.events, {
      ...anEvent(organizerId, 'off'),
      state: 'cancelled',
      publishedAt: null,
      cancelledAt: '1970-01-01T00:00:00.000Z',
      cancelReason: odd,
    }),
  session: (tx, owner) =>
    through(
      tx.events.sessions,
      aSession(owner, {
        name: odd,
        doorsAt: '2027-08-01T17:59:59.999Z',
        endsAt: '9999-12-31T23:59:59.999Z',
      }),
    ),
  series: (tx, owner) =>
    through(tx.events.series, {
      ...owner,
      id: newId('ser'),
      rule: 'FREQ=DAILY;COUNT=2',
      startsAt: '2027-10-31T02:30:00',
      endsAt: null,
      durationMinutes: 90,
      exceptDates: ['2027-12-24', odd],
      alsoOn: [],
      createdAt: now,
    }),
  'ticket type': (tx, owner) =>
    through(tx.events.ticketTypes, { ...aTicketType(owner), price: MOST, sessionIds: ['ses_1'] }),
  pool: (tx, owner) => through(tx.inventory.pools, { ...aPool(owner), name: odd }),
  block: async (tx, owner) => {
    const pool = aPool(owner);
    await tx.inventory.pools.insert([pool]);
    return through(tx.inventory.blocks, aBlock(pool, { reason: odd, units: MOST }));
  },
  code: (tx, owner) => {
    const code: CodeRecord = {
      ...owner,
      id: newId('cod'),
      code: 'Ünï',
      codeKey: 'ÜNÏ',
      discount: null,
      unlocks: [odd],
      maxTickets: MOST,
      maxPerBuyer: 1,
      minTickets: 0,
      minValue: MOST,
      stacking: 'undiscounted',
      reserve: { ticketTypeId: odd, quantity: 1 },
      batch: odd,
      validFrom: now,
      validUntil: null,
      ticketTypeIds: [],
      state: 'disabled',
      createdAt: now,
      revision: 7,
    };
    return through(tx.pricing.codes, code);
  },
  fee: (tx, owner) =>
    through(tx.pricing.fees, {
      ...owner,
      id: newId('fee'),
      name: odd,
      percent: '0.000001',
      fixed: MOST,
      min: 1,
      max: MOST,
      per: 'order',
      mode: 'absorbed',
      basis: 'charge',
      taxClass: odd,
      ticketTypeIds: [odd],
      revision: 1,
    }),
  discount: (tx, owner) =>
    through(tx.pricing.discounts, {
      ...owner,
      id: newId('dsc'),
      name: odd,
      rule: { type: 'group', min: 2, off: { type: 'set_price', price: MOST } },
      ticketTypeIds: null,
      validFrom: now,
      validUntil: null,
      position: 3,
      revision: 1,
    }),
  tax: (tx, { organizerId }) =>
    through(tx.pricing.taxes, {
      id: newId('tax'),
      organizerId,
      name: odd,
      taxClass: 'reduced',
      place: 'US-NY-NYC',
      percent: '0.000001',
      compound: true,
      position: 2,
      validFrom: null,
      validUntil: now,
      revision: 1,
    }),
  question: (tx, { organizerId, eventId }) =>
    through(tx.questions.questions, {
      id: newId('qst'),
      organizerId,
      eventId,
      key: 'shirt_size',
      label: odd,
      type: 'choices',
      asked: 'ticket',
      required: true,
      collect: 'later',
      options: [odd, ''],
      min: 0,
      max: 2,
      ticketTypeIds: [],
      position: 10_000,
      revision: 1,
    }),
  'resale policy': (tx, { organizerId, eventId }) => {
    const { terms } = aListing(aTicket(anOrder(aHold({ organizerId, eventId }))));
    return through(tx.resale.policies, { id: eventId, organizerId, terms, revision: 1 });
  },
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
  ticket: async (tx, owner) => {
    const order = await insertOrder(tx, owner);
    return through(tx.tickets.tickets, {
      ...aTicket(order),
      holderName: odd,
      attendee: { name: odd, email: null, answers: [{ key: 'vegan', label: '', value: false }] },
      price: MOST,
      fee: MOST,
      issue: 65_535,
      checkedInAt: now,
      checkedInGate: odd,
    });
  },
  custody: async (tx, owner) => {
    const ticket = aTicket(await insertOrder(tx, owner));
    await tx.tickets.tickets.insert([ticket]);
    const link: CustodyRecord = {
      ...owner,
      id: newId('cus'),
      admissionId: ticket.admissionId,
      ticketId: ticket.id,
      kind: 'resold',
      holderName: odd,
      holderEmail: 'a@example.com',
      holderUserId: null,
      price: MOST,
      currency: 'JPY',
      at: now,
    };
    await tx.tickets.custody.insert([link]);
    return { wrote: link, found: (await tx.tickets.custody.ofAdmission(ticket.admissionId))[0] };
  },
  listing: async (tx, owner) => {
    const ticket = aTicket(await insertOrder(tx, owner));
    await tx.tickets.tickets.insert([ticket]);
    const sold = { state: 'sold', closedAt: now, buyerOrderId: newId('ord') } as const;
    return through(tx.resale.listings, { ...aListing(ticket), ...sold, sellerName: odd });
  },
  scan: (tx, owner) => {
    const scan: ScanRecord = {
      ...owner,
      id: newId('scn'),
      scanId: odd,
      codeDigest: 'digest',
      admitted: true,
      reason: null,
      why: null,
      ticketId: newId('tkt'),
      holderName: odd,
      ticketName: '',
      gate: odd,
      firstAdmittedAt: null,
      firstAdmittedGate: null,
      at: now,
    };
    return through(tx.checkin.scans, scan);
  },
  'outbox row': async (tx, owner) => {
    const row: OutboxRecord = {
      ...owner,
      id: newId('obx'),
      type: 'order.paid',
      version: 1,
      subject: newId('ord'),
      actor: odd,
      at: now,
      data: { z: odd, a: { '2': null, '1': [true, 1.5, MOST, {}] } },
      sequence: null,
    };
    await tx.outbox.append([row]);
    return { wrote: row, found: await tx.outbox.find(row.id) };
  },
  'webhook endpoint and delivery': async (tx, owner) => {
    const { organizerId } = owner;
    const endpoint: EndpointRecord = {
      id: newId('whe'),
      organizerId,
      url: 'https://example.com/hooks',
      types: ['order.paid', odd],
      ordered: false,
      description: odd,
      state: 'disabled',
      disabledReason: 'gone',
      secret: odd,
      previousSecret: odd,
      previousUntil: soon,
      createdAt: now,
      revision: 1,
    };
    const delivery: DeliveryRecord = {
      ...owner,
      id: newId('whd'),
      endpointId: endpoint.id,
      outboxId: newId('obx'),
      sequence: MOST,
      type: odd,
      state: 'pending',
      attempts: 3,
      nextAttemptAt: soon,
      attemptedAt: now,
      status: 503,
      error: 'status',
      response: odd,
      milliseconds: 15_000,
      createdAt: now,
      revision: 1,
    };
    const made = await through(tx.webhooks.endpoints, endpoint);
    const sent = await through(tx.webhooks.deliveries, delivery);
    return { wrote: [made.wrote, sent.wrote], found: [made.found, sent.found] };
  },
  'audit row': async (tx) => {
    const row: AuditRecord = {
      id: newId('aud'),
      organizerId: null,
      eventId: null,
      operation: 'holds.sweep',
      actor: odd,
      subjects: [],
      at: now,
    };
    await tx.audit.append([row]);
    return { wrote: row, found: await tx.audit.find(row.id) };
  },
};

/** What is written is what is read, to the last character. */
export function roundTrips({ it, expect, storage }: Part): void {
  it.each(Object.keys(trips))('gives back every value of a record: %s', async (name) => {
    const send = trips[name];
    const trip = await storage().write(async (tx) => send?.(tx, await insertOwner(tx)));
    expect(trip?.found).toEqual(trip?.wrote);
  });

  it('keeps the keys of a document in their order', async () => {
    const trip = await storage().write(async (tx) => await trips.hold?.(tx, await insertOwner(tx)));
    const quotes = [trip?.found, trip?.wrote].map((row) =>
      row !== undefined && 'quote' in row ? JSON.stringify(row.quote) : undefined,
    );
    expect(quotes[0]).toBe(quotes[1]);
    expect(quotes[0]).toContain('"lines"');
  });

  it('inserts many rows at once, and none', async () => {
    const { eventId } = await storage().write(async (tx) => {
      const owner = await insertOwner(tx);
      const holds = Array.from({ length: 500 }, (_, index) =>
        aHold(owner, { userId: index % 2 === 0 ? `user ${index}` : null }),
      );
      await tx.inventory.holds.insert(holds);
      await tx.inventory.holds.insert([]);
      return owner;
    });
    const page = await storage().read((tx) =>
      tx.inventory.holds.list({ eventId }, { limit: 1000, after: undefined }),
    );
    expect(page.items).toHaveLength(500);
    expect(page.items.filter(({ userId }) => userId === null)).toHaveLength(250);
  });
}
