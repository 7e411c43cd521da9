import { type OperationName, operationsByName, type Ticketi } from '@ticketi/core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { testClock } from '../src/index.ts';
import { type Contents, databases, secret, type TestBase, ticketiOn } from './support/databases.ts';
import { walkAllWrites } from './support/walk.ts';

/** What a change leaves behind besides itself. */
const TRACES = [
  'outbox',
  'audit',
  'idempotency',
  'leases',
  'provider_messages',
  'outbox_cursors',
  'outbox_failures',
];

/** What workers note of the way of facts, which are told already, and of how far they are. */
const WORKERS: readonly OperationName[] = [
  'refundRuns.claim',
  'webhooks.enqueue',
  'webhooks.claim',
  'webhooks.record',
  'webhooks.deliver',
  'webhooks.enqueueAgain',
  'outbox.sweep',
  'tickets.numberRevocations',
];

/** The first bytes of every Ed25519 private key in PKCS #8, as base64 and hex have them. */
const PRIVATE_KEY = ['MC4CAQAwBQYDK2Vw', '302e020100300506032b6570'];

describe.each(databases)('what a change leaves on %s', (_name, create) => {
  const clock = testClock();
  let base: TestBase;
  let ticketi: Ticketi;
  let contents: Contents;
  const walked = new Set<string>();
  const untraced: string[] = [];
  const unaudited: string[] = [];
  const secrets = new Set<string>();

  beforeAll(async () => {
    base = await create();
    ticketi = await ticketiOn(base.storage(), clock);
    contents = await base.contents();

    await walkAllWrites(ticketi, (minutes) => clock.advance({ minutes }), watch);
  });
  afterAll(async () => {
    await ticketi?.close();
    await base?.drop();
  });

  async function watch(operation: OperationName, run: () => Promise<unknown>): Promise<unknown> {
    const before = contents;
    const output = await run();
    contents = await base.contents();
    walked.add(operation);
    keepSecretsOf(output);
    const changed = [...contents.keys()].filter(
      (table) =>
        !TRACES.includes(table) && contents.get(table)?.join() !== before.get(table)?.join(),
    );
    const added = (table: string) =>
      (contents.get(table)?.length ?? 0) - (before.get(table)?.length ?? 0);
    if (changed.length > 0 && added('outbox') === 0 && !WORKERS.includes(operation)) {
      untraced.push(operation);
    }
    if (added('outbox') > 0 && added('audit') === 0) unaudited.push(operation);
    if (changed.length === 0 && added('outbox') > 0) untraced.push(`${operation}: for nothing`);
    return output;
  }

  function keepSecretsOf(output: unknown): void {
    if (typeof output !== 'object' || output === null) return;
    const fields = new Map<string, unknown>(Object.entries(output));
    const [token, code] = [fields.get('accessToken'), fields.get('code')];
    if (typeof token === 'string') secrets.add(token);
    if (typeof code === 'string' && fields.has('keyId')) secrets.add(code);
  }

  const textOf = (tables: readonly string[]) =>
    tables.flatMap((table) => [...(contents.get(table) ?? [])]).join('\n');

  test('every operation that writes was walked', () => {
    const writes = [...operationsByName.values()].filter(({ kind }) => kind !== 'read');
    expect(writes.map(({ name }) => name).filter((name) => !walked.has(name))).toEqual([]);
  });

  test('whatever changes a record has its outbox row and its audit row', () => {
    expect(untraced).toEqual([]);
    expect(unaudited).toEqual([]);
    expect(contents.get('outbox')?.length).toBeGreaterThan(50);
  });

  test('after all of it the records prove each other', async () => {
    expect((await ticketi.diagnose()).checks.filter(({ ok }) => !ok)).toEqual([]);
  });

  test('access tokens and ticket codes lie in no table', () => {
    const everything = textOf([...contents.keys()]);
    expect(everything).toContain('anna@example.com');
    expect(secrets.size).toBeGreaterThan(5);
    // A ticket's code may hold a point as well, and end in what stands anywhere.
    const digests = [...secrets]
      .map((text) => text.split('.').at(-1) ?? text)
      .filter((text) => text.length >= 16);
    const found = [...secrets, ...digests].filter((text) =>
      everything.includes(JSON.stringify(text).slice(1, -1)),
    );
    expect(found).toEqual([]);
  });

  test('private keys lie sealed in one table, and the secret and the keys of callers in none', () => {
    const everything = textOf([...contents.keys()]);
    const telling = [
      ...PRIVATE_KEY,
      secret.toString('base64'),
      secret.toString('hex'),
      'the-key-of-call-number',
    ];
    expect(telling.filter((text) => everything.includes(text))).toEqual([]);
    const elsewhere = textOf([...contents.keys()].filter((table) => table !== 'signing_keys'));
    const [key = ''] = contents.get('signing_keys') ?? [];
    const sealed = /"private_key":"([^"]+)"/.exec(key)?.[1] ?? '';
    expect(sealed.length).toBeGreaterThan(60);
    expect(elsewhere.includes(sealed)).toBe(false);
  });
});
