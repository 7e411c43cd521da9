import type { Page, PageRequest, Storage, WriteTx } from '@ticketi/core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { databases, type TestStorage } from './support/databases.ts';
import * as sample from './support/records.ts';
import { eventId, idOf, later, now, organizerId } from './support/records.ts';

/** The verbs that every table has, whatever its records are. */
interface Verbs {
  find(id: string): Promise<object | undefined>;
  findMany(ids: readonly string[]): Promise<object[]>;
  list(filter: object, page: PageRequest): Promise<Page<object>>;
}

interface Sample {
  readonly row: { readonly id: string };
  readonly store: (tx: WriteTx) => Verbs;
  /** Each filter, with a value that the sample has. */
  readonly filters: object;
  /** A value that it has not, of filters that are no text. */
  readonly others?: Readonly<Record<string, unknown>>;
}

/** One record of each table that can be listed, with every filter of its list. */
const samples: Readonly<Record<string, Sample>> = {
  organizers: {
    row: sample.organizer,
    store: (tx) => tx.organizers.organizers,
    filters: { ids: [organizerId] },
  },
  members: {
    row: sample.member,
    store: (tx) => tx.organizers.members,
    filters: { organizerId, userId: 'u_1' },
  },
  events: {
    row: sample.event,
    store: (tx) => tx.events.events,
    filters: { organizerId, state: 'draft', visibility: 'public' },
  },
  sessions: {
    row: sample.session,
    store: (tx) => tx.events.sessions,
    filters: { eventId },
  },
  ticketTypes: {
    row: sample.ticketType,
    store: (tx) => tx.events.ticketTypes,
    filters: { eventId },
  },
  pools: { row: sample.pool, store: (tx) => tx.inventory.pools, filters: { eventId } },
  blocks: {
    row: sample.block(1),
    store: (tx) => tx.inventory.blocks,
    filters: { eventId, state: 'active' },
  },
  codes: {
    row: sample.code,
    store: (tx) => tx.pricing.codes,
    filters: { eventId, state: 'active' },
  },
  questions: {
    row: sample.question,
    store: (tx) => tx.questions.questions,
    filters: { eventId },
  },
  fees: { row: sample.fee, store: (tx) => tx.pricing.fees, filters: { eventId } },
  holds: {
    row: sample.hold(1, { userId: 'u_1' }),
    store: (tx) => tx.inventory.holds,
    filters: { eventId, userId: 'u_1', state: 'active' },
  },
  orders: {
    row: sample.order(1, { userId: 'u_1', ...sample.paid }),
    store: (tx) => tx.orders.orders,
    filters: {
      organizerId,
      eventId,
      userId: 'u_1',
      query: 'a@example.org',
      state: { is: 'paid', now },
      channel: 'online',
      complimentary: false,
      createdFrom: now,
      createdUntil: later,
      paidFrom: now,
      paidUntil: later,
    },
    others: {
      state: { is: 'expired', now: later },
      complimentary: true,
      createdFrom: later,
      createdUntil: now,
      paidFrom: later,
      paidUntil: now,
    },
  },
  notes: {
    row: sample.note(1),
    store: (tx) => tx.orders.notes,
    filters: { orderId: idOf('ord', 1) },
  },
  payments: {
    row: sample.payment(1),
    store: (tx) => tx.payments.payments,
    filters: { orderId: idOf('ord', 1), state: 'created' },
  },
  refunds: {
    row: sample.refund(1),
    store: (tx) => tx.payments.refunds,
    filters: { orderId: idOf('ord', 1), state: 'requested' },
  },
  giftCards: {
    row: sample.giftCard(1, { spent: 1000 }),
    store: (tx) => tx.giftCards.cards,
    filters: { organizerId, state: 'active' },
  },
  giftCardUses: {
    row: sample.giftCardUse(1),
    store: (tx) => tx.giftCards.uses,
    filters: { giftCardId: idOf('gft', 1) },
  },
  issuers: {
    row: sample.issuer,
    store: (tx) => tx.invoices.issuers,
    filters: { issue: 'on_request' },
  },
  invoices: {
    row: sample.invoice(1),
    store: (tx) => tx.invoices.invoices,
    filters: { organizerId, eventId, orderId: idOf('ord', 1), kind: 'invoice', year: 2027 },
  },
  tickets: {
    row: sample.ticket(1, { holderUserId: 'u_1' }),
    store: (tx) => tx.tickets.tickets,
    filters: {
      organizerId,
      eventId,
      orderId: idOf('ord', 1),
      holdId: idOf('hld', 1),
      holderUserId: 'u_1',
      state: 'valid',
    },
  },
  signingKeys: {
    row: sample.signingKey,
    store: (tx) => tx.organizers.signingKeys,
    filters: {},
  },
  codePolicies: { row: sample.codePolicy, store: (tx) => tx.tickets.codePolicies, filters: {} },
  revocations: {
    row: sample.revocation(1),
    store: (tx) => tx.tickets.revocations,
    filters: { eventId },
  },
  scans: {
    row: sample.scan(1, sample.shown),
    store: (tx) => tx.checkin.scans,
    filters: {
      eventId,
      ticketId: idOf('tkt', 1),
      admissionId: idOf('tkt', 1),
      listId: idOf('ckl', 1),
    },
  },
  checkinLists: {
    row: sample.checkinList(1),
    store: (tx) => tx.checkin.lists,
    filters: { eventId },
  },
  listings: {
    row: sample.listing(1, { sellerUserId: 'u_1' }),
    store: (tx) => tx.resale.listings,
    filters: { eventId, ticketId: idOf('tkt', 1), sellerUserId: 'u_1', state: 'open' },
  },
  transfers: {
    row: sample.transfer(1, { fromUserId: 'u_1', toEmail: null, toUserId: 'u_2' }),
    store: (tx) => tx.transfers.transfers,
    filters: {
      organizerId,
      eventId,
      fromUserId: 'u_1',
      fromAccessId: idOf('hld', 1),
      toUserId: 'u_2',
      id: idOf('trf', 1),
      state: 'open',
    },
  },
  transferPolicies: {
    row: sample.transferPolicy,
    store: (tx) => tx.transfers.policies,
    filters: {},
  },
  policies: { row: sample.policy, store: (tx) => tx.resale.policies, filters: {} },
  waitlistPolicies: {
    row: sample.waitlistPolicy,
    store: (tx) => tx.waitlist.policies,
    filters: {},
  },
  waitlistEntries: {
    row: sample.entry(1, { userId: 'u_1' }),
    store: (tx) => tx.waitlist.entries,
    filters: { eventId, userId: 'u_1', state: 'waiting' },
  },
  waitlistOffers: {
    row: sample.offer(1),
    store: (tx) => tx.waitlist.offers,
    filters: { eventId },
  },
  payouts: {
    row: sample.payout(1),
    store: (tx) => tx.ledger.payouts,
    filters: { organizerId, state: 'pending' },
  },
  outbox: {
    row: sample.outbox(1),
    store: (tx) => tx.outbox,
    filters: { organizerId, eventId, subject: idOf('ord', 1), type: 'order.paid' },
  },
  outboxFailures: {
    row: sample.failure(1),
    store: (tx) => tx.outbox.failures,
    filters: { subscriber: 'mailer' },
  },
  webhookEndpoints: {
    row: sample.endpoint,
    store: (tx) => tx.webhooks.endpoints,
    filters: { organizerId, states: ['enabled'] },
  },
  webhookDeliveries: {
    row: sample.delivery(1),
    store: (tx) => tx.webhooks.deliveries,
    filters: {
      organizerId,
      endpointId: idOf('whe', 1),
      outboxId: idOf('obx', 1),
      state: 'pending',
    },
  },
  audit: {
    row: sample.audit(1),
    store: (tx) => tx.audit,
    filters: { organizerId, eventId },
  },
};

async function insertSamples(tx: WriteTx): Promise<void> {
  await sample.seed(tx);
  await tx.organizers.members.insert([sample.member]);
  await tx.organizers.signingKeys.insert([sample.signingKey]);
  await tx.events.sessions.insert([sample.session]);
  await tx.events.ticketTypes.insert([sample.ticketType]);
  await tx.inventory.pools.insert([sample.pool]);
  await tx.inventory.blocks.insert([sample.block(1)]);
  await tx.pricing.codes.insert([sample.code]);
  await tx.pricing.fees.insert([sample.fee]);
  await tx.questions.questions.insert([sample.question]);
  await tx.inventory.holds.insert([sample.hold(1, { userId: 'u_1' })]);
  await tx.orders.orders.insert([sample.order(1, { userId: 'u_1', ...sample.paid })]);
  await tx.orders.notes.insert([sample.note(1)]);
  await tx.payments.payments.insert([sample.payment(1)]);
  await tx.payments.refunds.insert([sample.refund(1)]);
  await tx.giftCards.cards.insert([sample.giftCard(1, { spent: 1000 })]);
  await tx.giftCards.uses.insert([sample.giftCardUse(1)]);
  await tx.invoices.issuers.insert([sample.issuer]);
  await tx.invoices.invoices.insert([sample.invoice(1)]);
  await tx.tickets.tickets.insert([sample.ticket(1, { holderUserId: 'u_1' })]);
  await tx.tickets.custody.insert([sample.custody(1)]);
  await tx.tickets.codePolicies.insert([sample.codePolicy]);
  await tx.tickets.revocations.insert([sample.revocation(1)]);
  await tx.checkin.lists.insert([sample.checkinList(1)]);
  await tx.checkin.scans.insert([sample.scan(1, sample.shown)]);
  await tx.transfers.transfers.insert([
    sample.transfer(1, { fromUserId: 'u_1', toEmail: null, toUserId: 'u_2' }),
  ]);
  await tx.transfers.policies.insert([sample.transferPolicy]);
  await tx.resale.listings.insert([sample.listing(1, { sellerUserId: 'u_1' })]);
  await tx.resale.policies.insert([sample.policy]);
  await tx.waitlist.policies.insert([sample.waitlistPolicy]);
  await tx.waitlist.entries.insert([sample.entry(1, { userId: 'u_1' })]);
  await tx.waitlist.offers.insert([sample.offer(1)]);
  await tx.ledger.append([sample.posting(1)], sample.entries(1, 9800));
  await tx.ledger.payouts.insert([sample.payout(1)]);
  await tx.outbox.append([sample.outbox(1)]);
  await tx.outbox.failures.insert([sample.failure(1)]);
  await tx.webhooks.endpoints.insert([sample.endpoint]);
  await tx.webhooks.deliveries.insert([sample.delivery(1)]);
  await tx.audit.append([sample.audit(1)]);
}

const all: PageRequest = { limit: 200, after: undefined };

describe.each(databases)('the stores on %s', (_name, create) => {
  let made: TestStorage;
  let storage: Storage;
  beforeAll(async () => {
    made = await create();
    storage = made.storage;
    await storage.write(insertSamples);
  });
  afterAll(() => made.drop());

  describe.each(Object.entries(samples))('%s', (_room, { row, store, filters, others = {} }) => {
    const read = <T>(work: (verbs: Verbs) => Promise<T>) => storage.write((tx) => work(store(tx)));

    test('come back as they were', async () => {
      expect(await read((verbs) => verbs.find(row.id))).toEqual(row);
      expect(await read((verbs) => verbs.findMany([row.id, 'nobody', row.id]))).toEqual([row]);
      expect(await read((verbs) => verbs.find('nobody'))).toBeUndefined();
      expect(await read((verbs) => verbs.findMany([]))).toEqual([]);
      const { items } = await read((verbs) => verbs.list({}, all));
      expect(items).toEqual([row]);
    });

    test.each(Object.entries(filters))('are listed by %s', async (field, value) => {
      const found = await read((verbs) => verbs.list({ [field]: value }, all));
      expect(found).toEqual({ items: [row], nextCursor: null });
      const none = typeof value === 'number' ? 0 : 'nobody';
      const other = others[field] ?? (Array.isArray(value) ? ['nobody'] : none);
      expect(
        (await read((verbs) => verbs.list({ ...filters, [field]: other }, all))).items,
      ).toEqual([]);
      expect((await read((verbs) => verbs.list({ [field]: undefined }, all))).items).toEqual([row]);
    });
  });

  test('lists go newest first, page by page, without a gap or a repeat', async () => {
    await storage.write((tx) =>
      tx.outbox.append(
        Array.from({ length: 25 }, (_, n) => sample.outbox(100 + n, { type: 'paged' })),
      ),
    );
    const seen: string[] = [];
    let after: string[] | undefined;
    const sizes: number[] = [];
    do {
      const page = await storage.read((tx) =>
        tx.outbox.list({ type: 'paged' }, { limit: 10, after }),
      );
      seen.push(...page.items.map(({ id }) => id));
      sizes.push(page.items.length);
      const last = page.items.at(-1);
      after = page.nextCursor === null || last === undefined ? undefined : [last.id];
    } while (after !== undefined);
    expect(sizes).toEqual([10, 10, 5]);
    expect(seen).toEqual(Array.from({ length: 25 }, (_, n) => idOf('obx', 124 - n)));
  });

  test('save writes every field that may change, and counts the revision up', async () => {
    const was = { ...sample.event, id: idOf('evt', 50), slug: 'saved' };
    const next = {
      ...was,
      slug: 'saved-again',
      name: 'Renamed',
      description: 'new',
      category: 'fest',
      tags: [],
      venue: null,
      timezone: 'UTC',
      currency: 'JPY',
      visibility: 'private',
      state: 'cancelled',
      publishedAt: now,
      cancelledAt: later,
      cancelReason: 'rain',
      revision: 77,
    } as const;
    await storage.write(async (tx) => {
      await tx.events.events.insert([was]);
      await tx.events.events.save(next, was);
      expect(await tx.events.events.find(was.id)).toEqual({ ...next, revision: 2 });
    });
  });

  test('rows are locked in ascending order of ids, and those that do not exist are left out', async () => {
    const rows = [3, 1, 2].map((n) => ({ ...sample.organizer, id: idOf('org', n) }));
    const ids = rows.map(({ id }) => id);
    await storage.write(async ({ organizers }) => {
      await organizers.organizers.insert(rows);
      const locked = await organizers.organizers.findForUpdate([...ids, 'nobody']);
      expect(locked.map(({ id }) => id)).toEqual([...ids].sort());
      expect(await organizers.organizers.findForUpdate([])).toEqual([]);
    });
  });

  test('inserting nothing is nothing', async () => {
    await storage.write(async (tx) => {
      await tx.events.events.insert([]);
      await tx.outbox.append([]);
      await tx.ledger.append([], []);
      expect(await tx.idempotency.insert([], now)).toBe(0);
      expect(await tx.inventory.release(eventId, [], now)).toEqual([]);
      await tx.inventory.addUnits(eventId, []);
      await tx.organizers.members.remove([]);
    });
  });
});
