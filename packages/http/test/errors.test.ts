import { createHash } from 'node:crypto';
import { StorageUnavailable, type Ticketi, TicketiError } from '@ticketi/core';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { createHandler } from '../src/index.ts';
import { aServer, type Json, send, type TestServer } from './support/server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await aServer({ bodyLimit: 2000 });
});
afterAll(() => server?.close());

const call = (method: string, path: string, options: Parameters<typeof send>[3] = {}) =>
  send(server.origin, method, path, { as: 'user:owner', ...options });

async function raw(path: string, init: RequestInit): Promise<{ status: number; body: unknown }> {
  const response = await fetch(`${server.origin}${path}`, init);
  return { status: response.status, body: await response.json() };
}

function post(body: string | Uint8Array<ArrayBuffer>, type = 'application/json') {
  return raw('/api/v1/organizers', {
    method: 'POST',
    headers: { authorization: 'Bearer user:owner', 'content-type': type },
    body,
  });
}

const unknownEvent = 'evt_01k0000000e008000000000000';

describe('every error has the same form', () => {
  test.each([
    ['a field is wrong', 'GET', '/events?limit=0', 400, 'invalid_input'],
    ['an id is none', 'GET', '/events/nope', 400, 'invalid_input'],
    ['a cursor is none', 'GET', '/events?cursor=nope', 400, 'invalid_cursor'],
    ['a parameter is unknown', 'GET', '/events?nope=1', 400, 'invalid_input'],
    ['a parameter is given twice', 'GET', '/events?limit=1&limit=2', 400, 'invalid_input'],
    ['the record is missing', 'GET', `/events/${unknownEvent}`, 404, 'not_found'],
    ['the path is missing', 'GET', '/nowhere', 404, 'not_found'],
    ['the method is wrong', 'DELETE', '/events', 405, 'method_not_allowed'],
  ])('%s', async (_why, method, path, status, code) => {
    const answer = await call(method, path);
    expect(answer.status).toBe(status);
    expect(answer.body).toMatchObject({ code, error: expect.any(String), details: {} });
    expect(answer.body.requestId).toBe(answer.headers.get('x-request-id'));
    expect(answer.headers.get('cache-control')).toBe('no-store');
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
    expect(JSON.stringify(answer.body)).not.toMatch(/\.ts|node_modules|\bat /);
  });

  test('a validation names every field that is wrong', async () => {
    const answer = await call('POST', `/organizers/${server.office.organizer.id}/events`, {
      body: { name: '', timezone: 'Mars/Base', nope: 1 },
    });
    expect(answer.status).toBe(400);
    const paths = answer.body.issues.map(({ path }: { path: string }) => path);
    expect(paths).toEqual(expect.arrayContaining(['name', 'currency']));
    expect(JSON.stringify(answer.body.issues)).toContain('nope');
  });

  test('a refusal brings its details and its hint', async () => {
    const { event, standard } = server.office;
    const answer = await call('POST', `/events/${event.id}/holds`, {
      body: { items: [{ ticketTypeId: standard.id, quantity: 10 }], codes: ['NOPE'] },
    });
    expect(answer.status).toBe(409);
    expect(answer.body).toMatchObject({
      code: 'code_not_valid',
      details: { code: 'NOPE' },
      hint: expect.any(String),
    });
  });
});

describe('a body', () => {
  test.each(['', '{', '{"name":', 'null x', '\ufeff{', '{"name":"X"}}'])(
    'that is not JSON is a 400: %j',
    async (text) => {
      const answer = await post(text);
      expect(answer.status).toBe(400);
    },
  );

  test.each(['[]', '1', '"x"', 'null', 'true'])('that is no object is a 400: %s', async (text) => {
    expect(await post(text)).toMatchObject({ status: 400, body: { code: 'invalid_input' } });
  });

  test('that is not UTF-8 is a 400', async () => {
    const bytes = new Uint8Array([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x7d]);
    expect(await post(bytes)).toMatchObject({ status: 400, body: { code: 'malformed_json' } });
  });

  test.each([
    'text/plain',
    'application/x-www-form-urlencoded',
    'multipart/form-data',
    'application/jsonp',
  ])('of the type %s is a 415', async (type) => {
    const answer = await post('{"name":"X"}', type);
    expect(answer).toMatchObject({ status: 415, body: { code: 'unsupported_media_type' } });
  });

  test('may say its charset, or be of a JSON type of its own', async () => {
    expect((await post('{"name":"X"}', 'application/json; charset=utf-8')).status).toBe(201);
    expect((await post('{"name":"X"}', 'application/vnd.shop+json')).status).toBe(201);
  });

  test('that is too large is a 413, announced or streamed', async () => {
    const large = JSON.stringify({ name: 'x'.repeat(3000) });
    expect(await post(large)).toMatchObject({ status: 413, body: { code: 'body_too_large' } });
    const stream = new Blob([large]).stream();
    const answer = await raw('/api/v1/organizers', {
      method: 'POST',
      headers: { authorization: 'Bearer user:owner', 'content-type': 'application/json' },
      body: stream,
      duplex: 'half',
    } as RequestInit);
    expect(answer).toMatchObject({
      status: 413,
      body: { code: 'body_too_large', details: { limit: 2000 } },
    });
  });

  test('cannot reach a prototype', async () => {
    const own = '{"name":"X","__proto__":{"polluted":true}}';
    expect(await post(own)).toMatchObject({ status: 400, body: { code: 'invalid_input' } });
    const nested = '{"name":"X","constructor":{"prototype":{"polluted":true}}}';
    expect(await post(nested)).toMatchObject({ status: 400, body: { code: 'invalid_input' } });
    expect({}).not.toHaveProperty('polluted');
    const query = await call('GET', '/events?__proto__=1');
    expect(query).toMatchObject({ status: 400, body: { code: 'invalid_input' } });
  });

  test('may be as deep as its size allows', async () => {
    const deep = `{"name":${'['.repeat(900)}${']'.repeat(900)}}`;
    expect(await post(deep)).toMatchObject({ status: 400, body: { code: 'invalid_input' } });
    const handler = createHandler(server.ticketi, { auth: () => ({ type: 'user', id: 'owner' }) });
    const headers = { 'content-type': 'application/json' };
    const body = `{"name":${'[{"a":'.repeat(80_000)}1${'}]'.repeat(80_000)}}`;
    const init = { method: 'POST', headers, body };
    expect((await handler(new Request('http://local/api/v1/organizers', init))).status).toBe(400);
  });

  test.each(['a\\u0000b', '\\ud800', '\\udc00\\ud800'])(
    'with the text %s is a 400',
    async (text) => {
      expect(await post(`{"name":"${text}"}`)).toMatchObject({
        status: 400,
        body: { code: 'invalid_input', issues: [{ path: 'name' }] },
      });
    },
  );

  test('that contradicts the path is refused, one that repeats it is not', async () => {
    const { id } = server.office.organizer;
    const path = `/organizers/${id}`;
    const other = 'org_01k0000000e008000000000000';
    const refused = await call('PATCH', path, { body: { organizerId: other, name: 'Y' } });
    expect(refused).toMatchObject({
      status: 400,
      body: { issues: [{ path: 'organizerId', message: 'It contradicts the path.' }] },
    });
    expect((await call('PATCH', path, { body: { organizerId: id, name: 'Y' } })).status).toBe(200);
  });

  test('may be left out where nothing is required', async () => {
    const answer = await call('POST', `/events/${server.office.event.id}/publish`);
    expect(answer.body.code).toBe('wrong_event_state');
  });

  test('does not share its fields with a query', async () => {
    const answer = await call('POST', '/organizers?name=X', { body: { name: 'X' } });
    expect(answer).toMatchObject({ status: 400, body: { issues: [{ path: 'name' }] } });
  });
});

describe('methods', () => {
  test('a wrong one is told which are right', async () => {
    const answer = await call('PUT', '/events');
    expect(answer.status).toBe(405);
    expect(answer.headers.get('allow')).toBe('GET, HEAD, OPTIONS');
  });

  test('OPTIONS names them', async () => {
    const answer = await call('OPTIONS', `/events/${server.office.event.id}`);
    expect(answer.status).toBe(204);
    expect(answer.headers.get('allow')).toBe('GET, HEAD, PATCH, OPTIONS');
  });

  test('HEAD is GET without its body', async () => {
    const path = `/events/${server.office.event.id}`;
    const head = await call('HEAD', path);
    expect(head).toMatchObject({ status: 200, body: undefined });
    expect(head.headers.get('etag')).toBe((await call('GET', path)).headers.get('etag'));
  });
});

test('an ETag spares the answer until the event or one of its dates changes', async () => {
  const { id, sessions } = server.office.event;
  const first = await call('GET', `/events/${id}`);
  const etag = first.headers.get('etag') ?? '';
  const again = () => call('GET', `/events/${id}`, { headers: { 'if-none-match': `W/${etag}` } });
  expect(await again()).toMatchObject({ status: 304, body: undefined });
  await call('PATCH', `/sessions/${sessions[0]?.id}`, { body: { name: 'Night' } });
  expect((await again()).status).toBe(200);
});

test('a request id is taken over when it is fit for a log, else made', async () => {
  const given = await call('GET', '/events', { headers: { 'x-request-id': 'shop-42' } });
  expect(given.headers.get('x-request-id')).toBe('shop-42');
  const unfit = await call('GET', '/events', { headers: { 'x-request-id': 'a b<c>' } });
  expect(unfit.headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
});

describe('what nobody expected', () => {
  const broken = (error: unknown): Pick<Ticketi, 'as'> => ({
    as: () => ({ ...server.ticketi, call: () => Promise.reject(error) }),
  });
  const ask = (ticketi: Pick<Ticketi, 'as'>, onError?: (error: unknown, id: string) => void) =>
    createHandler(
      ticketi,
      onError === undefined ? {} : { onError },
    )(new Request('http://local/api/v1/events'));

  test('is a 500 that says nothing, and is told to the host', async () => {
    const told = vi.fn();
    const fault = new Error('the disk of db-7 is full');
    const response = await ask(broken(fault), told);
    const body: Json = await response.json();
    expect(response.status).toBe(500);
    expect(body).toEqual({
      error: 'Something went wrong on our side.',
      code: 'internal',
      details: {},
      requestId: response.headers.get('x-request-id'),
    });
    expect(told).toHaveBeenCalledWith(fault, body.requestId);
  });

  test('a database that is away is a 503 to come back from, and the host has its cause', async () => {
    const told = vi.fn();
    const error = new StorageUnavailable('EPIPE', { cause: new Error('10.0.0.7 is gone') });
    const response = await ask(broken(error), told);
    const text = await response.text();
    expect(response.status).toBe(503);
    expect(response.headers.get('retry-after')).toBe('1');
    expect(JSON.parse(text)).toMatchObject({ code: 'storage_unavailable' });
    expect(text).not.toContain('10.0.0.7');
    expect(told).toHaveBeenCalledWith(error, response.headers.get('x-request-id'));
  });

  test('is still answered when the host cannot take it', async () => {
    const response = await ask(broken(new Error('x')), () => {
      throw new Error('the log is full too');
    });
    expect(response.status).toBe(500);
  });

  test.each([
    ['busy', 503, { retryAfterSeconds: 3 }, '3'],
    ['busy', 503, {}, '1'],
    ['conflict', 409, { retryAfterSeconds: 0.2 }, '1'],
    ['mismatch', 422, {}, null],
    ['denied', 403, {}, null],
  ] as const)('a %s is a %i', async (kind, status, details, retryAfter) => {
    const error = new TicketiError({ code: 'some_code', kind, message: 'No.', details });
    const response = await ask(broken(error));
    expect(response.status).toBe(status);
    expect(response.headers.get('retry-after')).toBe(retryAfter);
  });
});

test('health is for everyone and asks nobody who they are', async () => {
  const auth = vi.fn(() => undefined);
  const down = createHandler(server.ticketi, { auth, ready: () => Promise.reject(new Error('x')) });
  const get = async (path: string) => (await down(new Request(`http://local${path}`))).status;
  expect(await get('/healthz')).toBe(200);
  expect(await get('/readyz')).toBe(503);
  expect(auth).not.toHaveBeenCalled();
  expect((await raw('/readyz', {})).body).toEqual({ status: 'ok' });
});

test('the reference is one page that runs nothing and loads nothing', async () => {
  const response = await fetch(`${server.origin}/api/v1/docs`);
  const page = await response.text();
  const style = page.slice(page.indexOf('<style>') + 7, page.indexOf('</style>'));
  const digest = createHash('sha256').update(style).digest('base64');
  expect(response.headers.get('content-security-policy')).toContain(`'sha256-${digest}'`);
  expect(page).toContain('id="events.create"');
  expect(page).not.toMatch(/<script|<img|<link|(?:src|href)=["']?https?:/);
});
