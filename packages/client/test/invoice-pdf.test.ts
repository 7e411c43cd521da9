import { aPaidOrder } from '@ticketi/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createClient } from '../src/index.ts';
import { aServer, type TestServer } from './support/server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await aServer();
});
afterAll(() => server?.close());

test('a PDF is what the SDK answers, though others get it as a file', async () => {
  const { ticketi, office, baseUrl } = server;
  await ticketi.invoices.setIssuer({
    organizerId: office.organizer.id,
    legalName: 'Summer Fest e.V.',
    address: { country: 'DE' },
    timezone: 'Europe/Berlin',
  });
  const { order } = await aPaidOrder(ticketi, office);
  const { id: invoiceId } = await ticketi.invoices.issue({ orderId: order.id });
  const client = createClient({ baseUrl, token: 'user:owner' });
  const answer = await ticketi.invoices.pdf({ invoiceId, locale: 'de' });
  expect(await client.invoices.pdf({ invoiceId, locale: 'de' })).toEqual(answer);
});
