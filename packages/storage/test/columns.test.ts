import type { EventRecord, OutboxRecord, ScanRecord, Storage } from '@ticketi/core';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { columnsOf, recordOf, snakeCase } from '../src/columns.ts';
import { readTimestamp } from '../src/dialect/timestamp.ts';
import { type PgPool, postgres } from '../src/postgres.ts';
import { databases, postgresDatabase, type TestStorage } from './support/databases.ts';
import { hostPool } from './support/host-pool.ts';
import { counter, event, eventId, idOf, now, outbox, scan, seed } from './support/records.ts';

const texts = [
  '',
  ' spaces ',
  `quotes ' " \` \\ ?? ? $1 :name`,
  'line\nbreak\ttab\u0001',
  'Füße 東京 🎟️ e\u0301 \u2028',
  'null',
  '{"a":1}',
  '00012',
  '1e3',
  'true',
];

const documents: readonly object[] = [
  {},
  [],
  { z: 1, a: 2, m: { y: null, b: [true, false, null] } },
  { '': 'empty key', 'key "quoted"': "it's", 'a.b': { $: 1 } },
  { numbers: [0, -1, 1.5, 1e21, 1e-7, 9007199254740991, 0.1 + 0.2] },
  { texts },
  [[[[]]], [{}], [[1]]],
];

/** Every kind of column with its odd values, as they come back. */
async function roundTrip(storage: Storage): Promise<string> {
  await storage.write(async (tx) => {
    await tx.events.events.insert(
      texts.map(
        (text, n): EventRecord => ({
          ...event,
          id: idOf('evt', n + 1),
          slug: `event-${n}`,
          name: text,
          description: text,
          category: text,
          tags: [text],
        }),
      ),
    );
    await tx.checkin.scans.insert([
      scan(1, { admitted: true, lastAdmittedAt: '1970-01-01T00:00:00.000Z' }),
      scan(2, {
        admitted: false,
        counts: false,
        reason: 'revoked',
        at: '2027-12-31T23:59:59.999Z',
      }),
      scan(3, { at: '2024-02-29T12:00:00.120Z' }),
      scan(4, { at: '9999-12-31T23:59:59.990Z' }),
      scan(5, { at: '1971-06-01T00:00:00.001Z' }),
    ]);
    await tx.inventory.openCounters([
      counter(1, { capacity: Number.MAX_SAFE_INTEGER, claimed: Number.MAX_SAFE_INTEGER }),
      counter(2, { capacity: null }),
    ]);
    await tx.outbox.append(documents.map((data, n) => outbox(n + 1, { data })));
  });
  return storage.read(async (tx) => {
    const all = { limit: 100, after: undefined };
    return JSON.stringify([
      await tx.events.events.findMany(texts.map((_, n) => idOf('evt', n + 1))),
      await tx.checkin.scans.list({}, all),
      await tx.inventory.counters(eventId, [idOf('pol', 1), idOf('pol', 2)]),
      await tx.outbox.list({}, all),
    ]);
  });
}

describe('what is written comes back to the byte', () => {
  const answers: string[] = [];
  const made: TestStorage[] = [];
  afterAll(() => Promise.all(made.map((each) => each.drop())));

  test.each(databases)('on %s', async (_name, create) => {
    const database = await create();
    made.push(database);
    await database.storage.write(seed);
    const answer = await roundTrip(database.storage);
    answers.push(answer);
    const [events, scans, counters, rows] = JSON.parse(answer);
    expect(events.map((row: EventRecord) => [row.name, row.tags])).toEqual(
      texts.map((text) => [text, [text]]),
    );
    expect(scans.items.map((row: ScanRecord) => [row.admitted, row.at])).toEqual([
      [true, '1971-06-01T00:00:00.001Z'],
      [true, '9999-12-31T23:59:59.990Z'],
      [true, '2024-02-29T12:00:00.120Z'],
      [false, '2027-12-31T23:59:59.999Z'],
      [true, now],
    ]);
    expect(scans.items.at(-1).lastAdmittedAt).toBe('1970-01-01T00:00:00.000Z');
    expect(counters).toMatchObject([{ claimed: Number.MAX_SAFE_INTEGER }, { capacity: null }]);
    expect(rows.items.map((row: OutboxRecord) => JSON.stringify(row.data)).reverse()).toEqual(
      documents.map((data) => JSON.stringify(data)),
    );
  });

  test('the same on both', () => {
    expect(answers).toHaveLength(2);
    expect(answers[0]).toBe(answers[1]);
  });
});

describe("whatever the host's driver makes of types", () => {
  let made: TestStorage;
  let plain: string;
  const pools: pg.Pool[] = [];
  beforeAll(async () => {
    made = await postgresDatabase();
    await made.storage.write(seed);
    plain = await roundTrip(made.storage);
  });
  afterAll(async () => {
    for (const pool of pools) await pool.end();
    await made.drop();
  });

  const readThrough = (pool: PgPool) =>
    postgres({ pool }).read(async (tx) => {
      const all = { limit: 100, after: undefined };
      return JSON.stringify([
        await tx.events.events.findMany(texts.map((_, n) => idOf('evt', n + 1))),
        await tx.checkin.scans.list({}, all),
        await tx.inventory.counters(eventId, [idOf('pol', 1), idOf('pol', 2)]),
        await tx.outbox.list({}, all),
      ]);
    });
  const open = (config: pg.PoolConfig) => {
    const pool = hostPool(made.at, config);
    pools.push(pool);
    return pool;
  };

  test('parsers that give strings, or objects of their own', async () => {
    expect(
      await readThrough(open({ types: { getTypeParser: () => (text: string) => text } })),
    ).toBe(plain);
    expect(
      await readThrough(open({ types: { getTypeParser: () => () => ({ host: 'object' }) } })),
    ).toBe(plain);
  });

  test.each(['Asia/Kolkata', 'America/New_York', 'Africa/Monrovia'])(
    'a session in %s',
    async (zone) => {
      expect(await readThrough(open({ options: `-c TimeZone=${zone}` }))).toBe(plain);
    },
  );

  test('a driver that takes no parsers for a statement, as pg-native', async () => {
    const pool = open({});
    const native: PgPool = {
      async connect() {
        const client = await pool.connect();
        return new Proxy(client, {
          get(target, property) {
            const value: unknown = Reflect.get(target, property, target);
            if (typeof value !== 'function') return value;
            if (property !== 'query') return value.bind(target);
            return (
              { types: _, ...config }: pg.CustomTypesConfig & { types: unknown },
              ...rest: unknown[]
            ) => Reflect.apply(value, target, [config, ...rest]);
          },
        });
      },
    };
    expect(await readThrough(native)).toBe(plain);
  });

  test('a DateStyle that cannot be read is said to be one', async () => {
    const german = readThrough(open({ options: '-c DateStyle=German' }));
    await expect(german).rejects.toThrow('DateStyle ISO');
  });
});

describe('reading one value', () => {
  test.each([
    ['2027-07-10 18:00:00+00', '2027-07-10T18:00:00.000Z'],
    ['2027-07-10 18:00:00.5+00', '2027-07-10T18:00:00.500Z'],
    ['2027-07-10 18:00:00.123456+00', '2027-07-10T18:00:00.123Z'],
    ['2027-07-10 20:00:00.01+02', '2027-07-10T18:00:00.010Z'],
    ['2027-07-10 23:30:00+05:30', '2027-07-10T18:00:00.000Z'],
    ['1971-05-31 23:15:30.001-00:44:30', '1971-06-01T00:00:00.001Z'],
  ])('the time %s', (text, instant) => {
    expect(readTimestamp(text)).toBe(instant);
  });

  test.each(['infinity', '2027-07-10', '44-03-15 12:00:00+00 BC', ''])('no time: %s', (text) => {
    expect(() => readTimestamp(text)).toThrow('PostgreSQL wrote the time');
  });

  test('an integer that is not exact any more is refused', async () => {
    const made = await postgresDatabase();
    const client = new pg.Client(made.at);
    await client.connect();
    await made.storage.write(seed);
    await made.storage.write((tx) => tx.inventory.openCounters([counter(1, { capacity: null })]));
    await client.query('UPDATE ticketi.counters SET claimed = 9007199254740993');
    await expect(
      made.storage.read((tx) => tx.inventory.counters(eventId, [idOf('pol', 1)])),
    ).rejects.toThrow('9007199254740993');
    await client.end();
    await made.drop();
  });

  test('a field is named in snake case', () => {
    expect(['id', 'organizerId', 'checkedInAt'].map(snakeCase)).toEqual([
      'id',
      'organizer_id',
      'checked_in_at',
    ]);
  });

  test('fields come in the order of the shape, and what is missing is null', () => {
    const columns = columnsOf<{ b: string; a: string | null }>({ b: 'text', a: 'text' });
    const record = recordOf(columns, { a: undefined, b: 'x' }, (value) => value);
    expect(JSON.stringify(record)).toBe('{"b":"x","a":null}');
  });
});
