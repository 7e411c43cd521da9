import type { ReadStore, ReadTx } from '@ticketi/core';
import { type Kinds, kinds } from '../journal.ts';
import type { CommitRule, LookRule } from './invariant.ts';

export const answers: CommitRule = {
  name: 'a key is answered once',
  find({ written, journal, clock }) {
    return written.answers.flatMap(({ id, expiresAt }) => {
      const before = journal.answers.get(id);
      journal.answers.set(id, expiresAt);
      return before !== undefined && before > clock.now() ? [id] : [];
    });
  },
};

type Followed = Exclude<keyof Kinds, 'cardRefund'>;

/** Where each kind lies. What went back to a card cannot be read by itself. */
const stores: {
  readonly [Kind in Followed]: (tx: ReadTx) => Pick<ReadStore<Kinds[Kind], object>, 'findMany'>;
} = {
  pool: (tx) => tx.inventory.pools,
  code: (tx) => tx.pricing.codes,
  hold: (tx) => tx.inventory.holds,
  block: (tx) => tx.inventory.blocks,
  order: (tx) => tx.orders.orders,
  payment: (tx) => tx.payments.payments,
  refund: (tx) => tx.payments.refunds,
  orderRefund: (tx) => tx.refunds.orderRefunds,
  payout: (tx) => tx.ledger.payouts,
  ticket: (tx) => tx.tickets.tickets,
  revocation: (tx) => tx.tickets.revocations,
  listing: (tx) => tx.resale.listings,
  transfer: (tx) => tx.transfers.transfers,
  card: (tx) => tx.giftCards.cards,
  scan: (tx) => tx.checkin.scans,
  key: (tx) => tx.organizers.signingKeys,
  entry: (tx) => tx.waitlist.entries,
  offer: (tx) => tx.waitlist.offers,
};

/** What verbs of their own change, unseen by the journal; and what nobody has to see. */
const UNSEEN = new Set(['spent', 'sequence', 'privateKey']);

export const committed: LookRule = {
  name: 'the database has what was committed, and no more',
  find: ({ storage, journal }) =>
    storage.read(async (tx) => {
      const wrong: string[] = [];
      for (const kind of kinds) {
        if (kind === 'cardRefund') continue;
        const expected = new Map(
          [...journal.books[kind]].map(([id, row]) => [id, keptTextOf(row)]),
        );
        const found = await stores[kind](tx).findMany([...expected.keys()]);
        const there = new Map(found.map((row) => [row.id, textOf(row)]));
        for (const [id, text] of expected) {
          const actual = there.get(id);
          if (actual !== text) wrong.push(`${id} is ${actual ?? 'missing'}, should be ${text}`);
        }
      }
      const { items } = await tx.outbox.list({}, { limit: 100_000, after: undefined });
      const ids = new Set(items.map(({ id }) => id));
      wrong.push(...[...journal.outbox.keys()].filter((id) => !ids.has(id)));
      if (ids.size > journal.outbox.size) {
        wrong.push(`${ids.size - journal.outbox.size} outbox rows that were not committed`);
      }
      return wrong;
    }),
};

export const acknowledged: LookRule = {
  name: 'what was acknowledged is there',
  find: ({ journal: { books }, acknowledged: told }) =>
    [...told].flatMap(([key, state]) => {
      const [kind = '', id = ''] = key.split(' ');
      const row = kind === 'order' ? books.order.get(id) : books.ticket.get(id);
      if (row === undefined) return [`${id} (${state}) is missing`];
      return FINAL.has(state) && row.state !== state ? [`${id} is ${row.state}, was ${state}`] : [];
    }),
};

/** States that an order or a ticket never leaves. */
const FINAL = new Set(['paid', 'cancelled', 'void']);

export const doctor: LookRule = {
  name: 'the doctor finds nothing',
  async find({ ticketi }) {
    const { checks } = await ticketi.doctor.check();
    return (
      checks
        // The provider says on purpose what is not so; that it is noted is what it should be.
        .filter(({ ok, name }) => !ok && name !== 'discrepancies')
        .map(({ name, message }) => `${name}: ${message}`)
    );
  },
};

export const ledger: LookRule = {
  name: 'the ledger is what orders, refunds and gift cards come to',
  async find({ ticketi, office: { organizerId } }) {
    const { findings } = await ticketi.ledger.verify({ organizerId });
    return findings.map(({ finding, id }) => `${finding} ${id}`);
  },
};

/** Records never change, only what stands for them does: each is put into text once. */
const texts = new WeakMap<object, string>();

function keptTextOf(row: object): string {
  const text = texts.get(row) ?? textOf(row);
  texts.set(row, text);
  return text;
}

/** A record as text, with its fields in one order. */
function textOf(row: object): string {
  return JSON.stringify(row, (key, value: unknown) => {
    if (UNSEEN.has(key)) return undefined;
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
    return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
  });
}
