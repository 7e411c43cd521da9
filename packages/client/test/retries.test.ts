import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { type ClientOptions, createClient } from '../src/index.ts';
import { aServer, type Mischief, type TestServer } from './support/server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await aServer();
});
afterAll(() => server?.close());
afterEach(() => {
  server.mischief.length = 0;
  server.seen.length = 0;
});

const client = (options: Partial<ClientOptions> = {}) =>
  createClient({ baseUrl: server.baseUrl, ...options });
const caught = (call: Promise<unknown>) => call.catch((error: unknown) => error);

/** The connection breaks before the request is served. */
const hangUp: Mischief = (request) => request.destroy();
/** It breaks after: what was asked is done, and nobody hears of it. */
const loseAnswer: Mischief = async (request, response, serve) => {
  response.end = () => {
    request.socket.destroy();
    return response;
  };
  await serve(request, response);
};
const say =
  (status: number, headers: Record<string, string> = {}): Mischief =>
  (_request, response) => {
    const body = JSON.stringify({ error: 'No.', code: 'some_code', details: {} });
    response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(body);
  };
const never: Mischief = () => undefined;

const newHold = () => ({
  eventId: server.office.event.id,
  items: [{ ticketTypeId: server.office.standard.id, quantity: 1 }],
});
async function claimed(): Promise<number> {
  const { items } = await server.ticketi.pools.list({ eventId: server.office.event.id });
  return items[0]?.claimed ?? Number.NaN;
}

test('a read is tried again until it is answered', async () => {
  server.mischief.push(hangUp, say(503, { 'retry-after': '0' }));
  expect((await client().events.list()).items).toHaveLength(1);
  expect(server.seen.map(({ key }) => key)).toEqual([undefined, undefined, undefined]);
});

test('a write whose answer was lost is sent again and happens once', async () => {
  const before = await claimed();
  server.mischief.push(loseAnswer, loseAnswer);
  const hold = await client().holds.create(newHold());
  expect(hold.state).toBe('active');
  expect(await claimed()).toBe(before + 1);
  const keys = server.seen.map(({ key }) => key);
  expect(keys).toHaveLength(3);
  expect(new Set(keys).size).toBe(1);
  expect(keys[0]).toMatch(/^[0-9a-f-]{36}$/);
});

test('two writes have two keys, and the key that is given is used', async () => {
  await client().holds.create(newHold());
  await client().holds.create(newHold());
  const [first, second] = server.seen.map(({ key }) => key);
  expect(first).not.toBe(second);
  await client().holds.create(newHold(), { idempotencyKey: 'the-key-of-this-very-hold' });
  expect(server.seen.at(-1)?.key).toBe('the-key-of-this-very-hold');
});

test('a key that is still running is waited for', async () => {
  const running: Mischief = (_request, response) => {
    const body = { error: 'Running.', code: 'idempotency_in_progress', details: {} };
    response.writeHead(409, { 'retry-after': '0' }).end(JSON.stringify(body));
  };
  server.mischief.push(running);
  expect((await client().holds.create(newHold())).state).toBe('active');
});

test.each([400, 401, 403, 404, 409, 422, 500])('a %i is final', async (status) => {
  server.mischief.push(say(status));
  expect(await caught(client().events.list())).toMatchObject({ status, retryable: false });
  expect(server.seen).toHaveLength(1);
});

test.each([429, 502, 503, 504])('a %i is not', async (status) => {
  server.mischief.push(say(status, { 'retry-after': '0' }));
  await client().events.list();
  expect(server.seen).toHaveLength(2);
});

test('it gives up after the tries that it was given', async () => {
  server.mischief.push(hangUp, hangUp, hangUp, hangUp);
  expect(await caught(client({ retries: 1 }).events.list())).toMatchObject({
    code: 'network_error',
    retryable: true,
  });
  expect(server.seen).toHaveLength(2);
});

test('it waits as long as the server asks', async () => {
  server.mischief.push(say(503, { 'retry-after': '1' }));
  const started = performance.now();
  await client().events.list();
  expect(performance.now() - started).toBeGreaterThan(950);
});

test('it does not wait for an hour', async () => {
  server.mischief.push(say(503, { 'retry-after': '3600' }));
  expect(await caught(client().events.list())).toMatchObject({
    status: 503,
    retryAfterSeconds: 3600,
  });
});

test('a server that is silent is left after the timeout', async () => {
  server.mischief.push(never);
  const error = await caught(client({ timeout: 50, retries: 0 }).events.list());
  expect(error).toMatchObject({ code: 'timeout', retryable: true });
});

test('a signal ends the call and the wait for its next try', async () => {
  const stop = new AbortController();
  server.mischief.push(say(503, { 'retry-after': '10' }));
  const call = caught(client().with({ signal: stop.signal }).events.list());
  setTimeout(() => stop.abort(), 50);
  expect(await call).toMatchObject({ code: 'aborted', retryable: false });

  server.mischief.push(never);
  const other = new AbortController();
  const silent = caught(client({ signal: other.signal }).events.list());
  setTimeout(() => other.abort(), 50);
  expect(await silent).toMatchObject({ code: 'aborted' });
  expect(await caught(client({ signal: AbortSignal.abort() }).events.list())).toMatchObject({
    code: 'aborted',
  });
});
