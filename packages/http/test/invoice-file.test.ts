import { aPaidOrder } from '@ticketi/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openApiDocument } from '../src/index.ts';
import { aServer, type TestServer } from './support/server.ts';

let server: TestServer;
let invoiceId: string;
beforeAll(async () => {
  server = await aServer();
  const { ticketi, office } = server;
  await ticketi.invoices.setIssuer({
    organizerId: office.organizer.id,
    legalName: 'Summer Fest e.V.',
    address: { country: 'DE' },
    timezone: 'Europe/Berlin',
    invoiceFormat: 'Größe_{year}-{number:5}',
  });
  const { order } = await aPaidOrder(ticketi, office);
  invoiceId = (await ticketi.invoices.issue({ orderId: order.id })).id;
});
afterAll(() => server?.close());

function asked(accept: string | undefined, as = 'user:owner', locale = 'en') {
  const headers = { authorization: `Bearer ${as}`, ...(accept === undefined ? {} : { accept }) };
  const url = `${server.origin}/api/v1/invoices/${invoiceId}/pdf?locale=${locale}`;
  return fetch(url, { headers });
}

test.each([
  [undefined],
  ['*/*'],
  ['application/pdf'],
  ['text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8'],
])('whoever accepts %s gets the file, with its name', async (accept) => {
  const response = await asked(accept);
  expect(response.status).toBe(200);
  expect(response.headers.get('content-type')).toBe('application/pdf');
  expect(response.headers.get('content-disposition')).toBe(
    'attachment; filename="Gr__e_2027-00001.pdf"; filename*=UTF-8\'\'Gr%C3%B6%C3%9Fe_2027-00001.pdf',
  );
  expect(response.headers.get('cache-control')).toBe('no-store');
  expect(response.headers.get('vary')).toBe('accept');
  expect(response.headers.get('x-content-type-options')).toBe('nosniff');
  const bytes = Buffer.from(await response.arrayBuffer());
  const { base64 } = await server.ticketi.invoices.pdf({ invoiceId });
  expect(bytes.equals(Buffer.from(base64, 'base64'))).toBe(true);
});

test('whoever accepts JSON gets what the SDK answers', async () => {
  const answer = await server.ticketi.invoices.pdf({ invoiceId, locale: 'de' });
  const response = await asked('application/json', 'user:owner', 'de');
  expect(response.headers.get('content-type')).toContain('application/json');
  expect(await response.json()).toEqual(answer);
});

test('a refusal is JSON, whatever was asked for', async () => {
  const denied = await asked('application/pdf', 'user:nobody');
  expect([denied.status, Object(await denied.json()).code]).toEqual([403, 'not_allowed']);
  const wrong = await asked('*/*', 'user:owner', 'xx');
  expect([wrong.status, Object(await wrong.json()).code]).toEqual([400, 'invalid_input']);
});

test('the document tells of both', () => {
  const { paths } = openApiDocument();
  const answers = paths['/invoices/{invoiceId}/pdf']?.get?.responses[200]?.content ?? {};
  expect(Object.keys(answers)).toEqual(['application/pdf', 'application/json']);
});
