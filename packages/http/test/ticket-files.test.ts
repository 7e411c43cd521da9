import { aPaidOrder } from '@ticketi/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openApiDocument } from '../src/index.ts';
import { aServer, type TestServer } from './support/server.ts';

let server: TestServer;
let ticketId: string;
let orderId: string;
beforeAll(async () => {
  server = await aServer();
  const { order, tickets } = await aPaidOrder(server.ticketi, server.office);
  orderId = order.id;
  ticketId = tickets[0]?.id ?? '';
});
afterAll(() => server?.close());

const asked = (path: string, accept = '*/*', as = 'user:owner') =>
  fetch(`${server.origin}/api/v1${path}`, {
    headers: { authorization: `Bearer ${as}`, accept },
  });

test.each([
  ['/tickets/:id/qr', 'image/svg+xml', 'svg', '<svg'],
  ['/tickets/:id/qr?image=png', 'image/png', 'png', '\u0089PNG'],
  ['/tickets/:id/qr?image=terminal', 'text/plain; charset=utf-8', 'txt', '\u00e2\u0096\u0088'],
  ['/documents/pdf?ticketId=:id', 'application/pdf', 'pdf', '%PDF-'],
  [
    '/documents/calendar?ticketId=:id',
    'text/calendar; charset=utf-8',
    'ics',
    'BEGIN:VCALENDAR\r\n',
  ],
])('%s is %s, and is kept by nobody on the way', async (path, type, extension, begins) => {
  const response = await asked(path.replace(':id', ticketId));
  expect([response.status, response.headers.get('content-type')]).toEqual([200, type]);
  expect(response.headers.get('cache-control')).toBe('no-store');
  expect(response.headers.get('x-content-type-options')).toBe('nosniff');
  expect(response.headers.get('content-disposition')).toContain(`"${ticketId}.${extension}"`);
  const bytes = Buffer.from(await response.arrayBuffer()).toString('latin1');
  expect(bytes.startsWith(begins)).toBe(true);
  const json = await asked(path.replace(':id', ticketId), 'application/json');
  expect(json.headers.get('cache-control')).toBe('no-store');
  expect(Buffer.from(Object(await json.json()).base64, 'base64').toString('latin1')).toBe(bytes);
});

test('an order is asked for in place of a ticket; neither and both are refused', async () => {
  expect((await asked(`/documents/pdf?orderId=${orderId}`)).status).toBe(200);
  for (const query of ['', `?orderId=${orderId}&ticketId=${ticketId}`]) {
    const wrong = await asked(`/documents/pdf${query}`);
    expect([wrong.status, Object(await wrong.json()).code]).toEqual([400, 'invalid_input']);
  }
});

test('refusals are JSON: of strangers, without keys, of a void ticket', async () => {
  const of = async (path: string, as?: string) => {
    const response = await asked(path, '*/*', as);
    expect(response.headers.get('cache-control')).toBe('no-store');
    return [response.status, Object(await response.json()).code];
  };
  expect(await of(`/tickets/${ticketId}/qr`, 'user:nobody')).toEqual([403, 'not_allowed']);
  expect(await of(`/tickets/${ticketId}/apple-wallet`)).toEqual([409, 'wallet_not_configured']);
  expect(await of(`/tickets/${ticketId}/google-wallet`)).toEqual([409, 'wallet_not_configured']);
  await server.ticketi.tickets.void({ ticketId });
  expect(await of(`/tickets/${ticketId}/qr`)).toEqual([409, 'ticket_void']);
  expect(await of(`/documents/pdf?orderId=${orderId}`)).toEqual([409, 'no_tickets_left']);
});

test('letters are for no surface that faces the outside', async () => {
  const { paths } = openApiDocument();
  expect(JSON.stringify(paths)).not.toContain('documents.letters');
});

test('the document tells of every type', () => {
  const { paths } = openApiDocument();
  const of = (path: string) => Object.keys(paths[path]?.get?.responses[200]?.content ?? {});
  expect(of('/tickets/{ticketId}/qr')).toEqual([
    'image/svg+xml',
    'image/png',
    'text/plain',
    'application/json',
  ]);
  expect(of('/tickets/{ticketId}/apple-wallet')[0]).toBe('application/vnd.apple.pkpass');
});
