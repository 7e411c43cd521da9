import type { Storage, Ticketi } from '@ticketi/core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { testClock } from '../src/index.ts';
import { databases, type TestBase, ticketiOn } from './support/databases.ts';
import { aMonth, type Month } from './support/ledger-month.ts';
import { type Meddler, meddlerOn } from './support/meddler.ts';

const KINDS = [
  'sale',
  'resale',
  'unexpected_payment',
  'refund',
  'order_refund',
  'payout',
  'payout_settled',
  'payout_returned',
  'gift_card_issue',
  'gift_card_refund',
];
const ACCOUNTS = [
  'provider_clearing',
  'organizer_payable',
  'tax_payable',
  'platform_fees',
  'seller_payable',
  'buyer_credit',
  'gift_cards',
  'payouts_in_transit',
];
const other = "'another'";
const past = "'2001-01-01T00:00:00.000Z'";
const oneMore = (column: string) => `${column} + 1`;

/** Every column of the books, and what it is changed to. An entry's id names nothing that is booked. */
const ofPostings = {
  id: other,
  organizer_id: other,
  event_id: other,
  kind: "CASE kind WHEN 'sale' THEN 'refund' ELSE 'sale' END",
  source_id: other,
  currency: "'CHF'",
  at: past,
};
const ofEntries = {
  posting_id: other,
  organizer_id: other,
  event_id: other,
  account: "CASE account WHEN 'platform_fees' THEN 'buyer_credit' ELSE 'platform_fees' END",
  party: other,
  item: "CASE item WHEN 'rounding' THEN 'price' ELSE 'rounding' END",
  currency: "'CHF'",
  amount: oneMore('amount'),
  at: past,
};

/** Columns of records that say what was booked, whose, when; each on every row that has it. */
const ofRecords: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  "orders WHERE state = 'paid' AND total > 0": {
    organizer_id: other,
    event_id: other,
    kind: "CASE kind WHEN 'primary' THEN 'resale' ELSE 'primary' END",
    state: "'pending'",
    currency: "'CHF'",
    total: oneMore('total'),
    credited: oneMore('credited'),
    refunded: oneMore('refunded'),
    paid_at: past,
  },
  "orders WHERE kind = 'resale'": { listing_id: other },
  "payments WHERE state = 'succeeded' AND order_id IN (SELECT id FROM {t}orders WHERE state = 'paid')":
    {
      amount: oneMore('amount'),
      currency: "'CHF'",
      state: "'declined'",
      order_id: other,
    },
  refunds: {
    organizer_id: other,
    event_id: other,
    payment_id: other,
    amount: oneMore('amount'),
    currency: "'CHF'",
    state: "CASE state WHEN 'succeeded' THEN 'failed' ELSE 'succeeded' END",
    created_at: past,
  },
  "refunds WHERE state = 'succeeded'": { settled_at: past, order_id: other },
  gift_cards: {
    organizer_id: other,
    currency: "'CHF'",
    loaded: oneMore('loaded'),
    created_at: past,
  },
  'gift_card_uses WHERE paid_at IS NOT NULL': {
    gift_card_id: other,
    order_id: other,
    amount: oneMore('amount'),
    refunded: oneMore('refunded'),
    paid_at: 'NULL',
  },
  gift_card_refunds: {
    organizer_id: other,
    event_id: other,
    gift_card_id: other,
    use_id: other,
    amount: oneMore('amount'),
    created_at: past,
  },
  "listings WHERE state = 'sold'": {
    ticket_id: other,
    price: oneMore('price'),
    currency: "'CHF'",
  },
  payouts: {
    organizer_id: other,
    event_id: other,
    ticket_id: other,
    amount: oneMore('amount'),
    currency: "'CHF'",
    state: "CASE state WHEN 'paid' THEN 'failed' ELSE 'paid' END",
    created_at: past,
  },
  "payouts WHERE state <> 'pending'": { settled_at: past },
};

describe.each(databases)('the books, recomputed from the records, on %s', (_name, create) => {
  let base: TestBase;
  let ticketi: Ticketi;
  let meddler: Meddler;
  let month: Month;

  beforeAll(async () => {
    base = await create();
    ticketi = await ticketiOn(base.storage(), testClock());
    month = await aMonth(ticketi);
    meddler = await meddlerOn(base);
  });
  afterAll(async () => {
    await meddler?.close();
    await ticketi?.close();
    await base?.drop();
  });

  /** What the doctor says of the ledger, over all organizers. */
  async function ledgerSays(joined: Storage): Promise<string> {
    const { checks } = await ticketi.within(joined).doctor.check();
    const found = checks.find(({ name }) => name === 'ledger');
    return found?.ok === false ? found.message : '';
  }

  /** The changes after which the books and the records still seem to agree. */
  async function unnoticed(changes: readonly string[]): Promise<string[]> {
    const passed: string[] = [];
    for (const change of changes) {
      await meddler.during(change, async (joined) => {
        if ((await ledgerSays(joined)) === '') passed.push(change);
      });
    }
    return passed;
  }

  test('agree after a month of every kind of sale', async () => {
    const { organizerId, office } = month;
    const eventId = office.event.id;
    expect(await ticketi.ledger.verify({ organizerId })).toEqual({ balanced: true, findings: [] });
    expect((await ticketi.ledger.verify({ organizerId, eventId })).findings).toEqual([]);
    expect((await ticketi.diagnose()).checks.filter(({ ok }) => !ok)).toEqual([]);
    const kinds = await meddler.rows('SELECT DISTINCT kind FROM {t}postings');
    expect(kinds.map(({ kind }) => kind).sort()).toEqual([...KINDS].sort());
    const accounts = await meddler.rows('SELECT DISTINCT account FROM {t}entries');
    expect(accounts.map(({ account }) => account).sort()).toEqual([...ACCOUNTS].sort());
    const items = await meddler.rows('SELECT DISTINCT item FROM {t}entries');
    expect(items).toHaveLength(14);
  });

  test('do not mind what is no money', async () => {
    const change = "UPDATE {t}orders SET buyer_name = 'Somebody'";
    expect(await unnoticed([change])).toEqual([change]);
  });

  test('notice every column of a posting of every kind', async () => {
    const changes = KINDS.flatMap((kind) =>
      Object.entries(ofPostings).map(
        ([column, value]) =>
          `UPDATE {t}postings SET ${column} = ${value}
           WHERE id = (SELECT min(id) FROM {t}postings WHERE kind = '${kind}')`,
      ),
    );
    expect(await unnoticed(changes)).toEqual([]);
  });

  test('notice every column of an entry of every account', async () => {
    const changes = ACCOUNTS.flatMap((account) =>
      Object.entries(ofEntries).map(
        ([column, value]) =>
          `UPDATE {t}entries SET ${column} = ${value}
           WHERE id = (SELECT min(id) FROM {t}entries WHERE account = '${account}')`,
      ),
    );
    expect(await unnoticed(changes)).toEqual([]);
  });

  test('notice what the records are changed to, row by row', async () => {
    const changes: string[] = [];
    for (const [which, columns] of Object.entries(ofRecords)) {
      const [, table = '', condition = 'true'] = /^(\w+)(?: WHERE (.+))?$/.exec(which) ?? [];
      const rows = await meddler.rows(
        `SELECT id FROM {t}${table} WHERE ${condition} ORDER BY id DESC LIMIT 5`,
      );
      for (const { id } of rows) {
        for (const [column, value] of Object.entries(columns)) {
          changes.push(`UPDATE {t}${table} SET ${column} = ${value} WHERE id = '${String(id)}'`);
        }
      }
    }
    expect(changes.length).toBeGreaterThan(120);
    expect(await unnoticed(changes)).toEqual([]);
  }, 120_000);

  test('notice an entry or a posting that is gone, there twice, or of nothing', async () => {
    expect(
      await unnoticed([
        ...KINDS.map(
          (kind) =>
            `DELETE FROM {t}postings WHERE id = (SELECT min(id) FROM {t}postings WHERE kind = '${kind}')`,
        ),
        ...ACCOUNTS.map(
          (account) =>
            `DELETE FROM {t}entries WHERE id = (SELECT min(id) FROM {t}entries WHERE account = '${account}')`,
        ),
        `INSERT INTO {t}postings SELECT 'pst_twice', organizer_id, 'evt_twice', kind, source_id, currency, at
         FROM {t}postings WHERE id = (SELECT min(id) FROM {t}postings WHERE kind = 'sale')`,
        `INSERT INTO {t}postings SELECT 'pst_more', organizer_id, event_id, 'claw_back', source_id, currency, at
         FROM {t}postings WHERE id = (SELECT min(id) FROM {t}postings WHERE kind = 'sale')`,
        `INSERT INTO {t}entries (id, posting_id, organizer_id, event_id, account, item, currency, amount, at)
         SELECT 'ent_stray', 'nothing', organizer_id, event_id, account, item, currency, amount, at
         FROM {t}entries WHERE id = (SELECT min(id) FROM {t}entries)`,
        `INSERT INTO {t}entries (id, posting_id, organizer_id, event_id, account, item, currency, amount, at)
         SELECT 'ent_twice', posting_id, organizer_id, event_id, account, item, currency, amount, at
         FROM {t}entries WHERE id = (SELECT min(id) FROM {t}entries)`,
      ]),
    ).toEqual([]);
  });

  test('notice every figure of a frozen price', async () => {
    const [row] = await meddler.rows(
      `SELECT quote FROM {t}orders WHERE id = '${month.richOrderId}'`,
    );
    const quote: unknown = typeof row?.quote === 'string' ? JSON.parse(row.quote) : row?.quote;
    const passed: string[] = [];
    for (const [path, changed] of changedFigures(quote)) {
      if (!MATTERS_NOT.test(path)) {
        const text = JSON.stringify(changed).replaceAll("'", "''");
        const change = `UPDATE {t}orders SET quote = '${text}' WHERE id = '${month.richOrderId}'`;
        if ((await unnoticed([change])).length > 0) passed.push(path);
      }
    }
    expect(passed).toEqual([]);
  });

  test('say in words what is wrong', async () => {
    const { organizerId, richOrderId: id } = month;
    const change = `UPDATE {t}entries SET amount = amount - 1
      WHERE account = 'organizer_payable' AND item = 'discount'
        AND posting_id = (SELECT id FROM {t}postings WHERE source_id = '${id}')`;
    await meddler.during(change, async (joined) => {
      const { findings } = await ticketi.within(joined).ledger.verify({ organizerId });
      expect(findings.map(({ finding }) => finding)).toEqual([
        'posting_differs',
        'unbalanced_posting',
      ]);
      expect(findings[0]?.message).toMatch(
        /^The sale of ord_\w+ has organizer_payable discount \d+ in the books, and \d+ by the records\.$/,
      );
      const { checks } = await ticketi.within(joined).doctor.check();
      expect(checks.filter(({ ok }) => !ok).map(({ name }) => name)).toEqual([
        'trial_balance',
        'ledger',
      ]);
    });
  });
});

/** Figures that are shares within an amount, or bounds of a rule: the amounts themselves are noticed. */
const MATTERS_NOT = /feeCharge|\.tickets|admits|^trace\.\d+\.terms/;

/** A quote for each of its figures, in which that one is higher by one. */
function changedFigures(value: unknown, path = ''): [path: string, changed: unknown][] {
  if (typeof value === 'number') return [[path, value + 1]];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, part]) =>
    changedFigures(part, path === '' ? key : `${path}.${key}`).map(
      ([at, changed]): [string, unknown] => [
        at,
        Array.isArray(value)
          ? value.map((each, index) => (String(index) === key ? changed : each))
          : { ...value, [key]: changed },
      ],
    ),
  );
}
