import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { isTicketiError, type ResolveHost, type Ticketi } from '@ticketi/core';
import { sqlite } from '@ticketi/storage/sqlite';
import { afterEach, describe, expect, test } from 'vitest';
import { aBoxOffice, testClock } from '../src/index.ts';
import { ticketiOn } from './support/databases.ts';

const open: { close(): unknown }[] = [];
afterEach(async () => {
  for (const one of open.splice(0).reverse()) await one.close();
});

async function anOffice(webhooks: Parameters<typeof ticketiOn>[2] = {}) {
  const ticketi = await ticketiOn(sqlite(':memory:'), testClock(), webhooks);
  open.push(ticketi);
  const { organizer } = await aBoxOffice(ticketi);
  return { ticketi, organizerId: organizer.id };
}

/** `created`, or why an endpoint is refused. */
async function creating(ticketi: Ticketi, organizerId: string, url: string): Promise<string> {
  try {
    await ticketi.webhooks.createEndpoint({ organizerId, url });
    return 'created';
  } catch (error) {
    if (isTicketiError(error, 'webhook_url_not_allowed')) return error.details.why;
    throw error;
  }
}

/** Hosts that are no public address, in whichever spelling. */
const FORBIDDEN = [
  ...['localhost', 'LOCALHOST', 'localhost.', 'a.localhost', 'printer.local', 'db.internal'],
  ...['127.0.0.1', '127.1', '0', '0.0.0.0', '2130706433', '0x7f000001', '0177.0.0.1', '0x7f.1'],
  ...['10.0.0.1', '172.16.0.1', '172.31.255.255', '192.168.1.1', '012.0.0.1', '167772161'],
  ...['169.254.169.254', '169.254.0.1', '100.64.0.1', '100.100.100.200', '168.63.129.16'],
  ...['192.0.0.192', '192.0.2.1', '198.18.0.1', '198.51.100.1', '203.0.113.1', '192.88.99.1'],
  ...[
    '224.0.0.1',
    '239.255.255.255',
    '240.0.0.1',
    '255.255.255.255',
    '１２７.0.0.1',
    '127。0。0。1',
  ],
  ...['[::1]', '[::]', '[fe80::1]', '[fc00::1]', '[fd00:ec2::254]', '[ff02::1]', '[fec0::1]'],
  ...['[::ffff:10.0.0.1]', '[::ffff:127.0.0.1]', '[::ffff:a9fe:a9fe]', '[::10.0.0.1]'],
  ...['[64:ff9b::10.0.0.1]', '[64:ff9b::8.8.8.8]', '[64:ff9b:1::1]', '[2002:a00:1::]'],
  ...[
    '[2001::1]',
    '[2001:db8::1]',
    '[100::1]',
    '[3fff::1]',
    '[5f00::1]',
    '[2::1]',
    '[20::1]',
    '[200::1]',
    '[3ff::1]',
    '[::ffff:0:10.0.0.1]',
  ],
];

describe('where webhooks go', () => {
  test('is no address that is not public, however it is written', async () => {
    const { ticketi, organizerId } = await anOffice();
    const found: [string, string][] = [];
    for (const host of FORBIDDEN) {
      found.push([host, await creating(ticketi, organizerId, `https://${host}/hooks`)]);
    }
    expect(found.filter(([, why]) => why !== 'address_not_allowed')).toEqual([]);
  });

  test.each([
    ['https://example.com/hooks', 'created'],
    ['https://8.8.8.8/hooks', 'created'],
    ['https://[2606:4700:4700::1111]/hooks', 'created'],
    ['https://[::ffff:8.8.8.8]/hooks', 'address_not_allowed'],
    ['https://example.com:8443/hooks', 'created'],
    ['http://example.com/hooks', 'not_https'],
    ['ftp://example.com/hooks', 'not_https'],
    ['file:///etc/passwd', 'not_https'],
    ['javascript:alert(1)', 'not_https'],
    ['example.com', 'not_a_url'],
    ['https://', 'not_a_url'],
    ['https://user:pass@example.com/', 'credentials'],
    ['https://example.com:22/', 'port_not_allowed'],
    ['https://example.com:25/', 'port_not_allowed'],
  ])('%s: %s', async (url, answer) => {
    const { ticketi, organizerId } = await anOffice();
    expect(await creating(ticketi, organizerId, url)).toBe(answer);
    const { id: endpointId } = await ticketi.webhooks.createEndpoint({
      organizerId,
      url: 'https://example.com',
    });
    const changed = await ticketi.webhooks.update({ endpointId, url }).then(
      () => 'created',
      (error: unknown) => isTicketiError(error, 'webhook_url_not_allowed') && error.details.why,
    );
    expect(changed).toBe(answer);
  });

  test('is what the installation allows: ports, http, private addresses', async () => {
    const strict = await anOffice({ webhooks: { ports: [443], allowHttp: true } });
    const { ticketi, organizerId } = strict;
    expect(await creating(ticketi, organizerId, 'https://example.com:8443')).toBe(
      'port_not_allowed',
    );
    expect(await creating(ticketi, organizerId, 'http://example.com')).toBe('port_not_allowed');
    const open = await anOffice({ webhooks: { allowPrivateAddresses: true } });
    expect(await creating(open.ticketi, open.organizerId, 'http://127.0.0.1:22')).toBe('created');
  });

  /** What a test to a host comes to that resolves to these addresses, one answer a time. */
  async function trying(...answers: readonly (readonly string[])[]) {
    let reached = 0;
    const server = createServer((_request, response) => {
      reached += 1;
      response.writeHead(204).end();
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    open.push(server);
    let asked = 0;
    const resolve: ResolveHost = async () => {
      const found = answers[Math.min(asked, answers.length - 1)] ?? [];
      asked += 1;
      return found.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }));
    };
    const { ticketi, organizerId } = await anOffice({
      webhooks: { allowHttp: true, resolve, timeoutMilliseconds: 500 },
    });
    const { port } = server.address() as AddressInfo;
    const { id: endpointId } = await ticketi.webhooks.createEndpoint({
      organizerId,
      url: `http://hooks.example.com:${port}/`,
    });
    const { error } = await ticketi.webhooks.sendTest({ endpointId });
    return { error, reached, asked };
  }

  test('is checked when a name is resolved, and each of its addresses', async () => {
    expect(await trying(['127.0.0.1'])).toMatchObject({
      error: 'address_not_allowed',
      reached: 0,
    });
    expect(await trying(['8.8.8.8', '127.0.0.1'])).toMatchObject({
      error: 'address_not_allowed',
      reached: 0,
    });
    expect(await trying(['::ffff:127.0.0.1'])).toMatchObject({ error: 'address_not_allowed' });
    expect(await trying([])).toMatchObject({ error: 'unknown_host', reached: 0 });
  });

  test('is the address that was checked, whatever the name says a moment later', async () => {
    // Asked again, the name would say this machine.
    const rebinding = await trying(['8.8.8.8'], ['127.0.0.1']);
    expect(rebinding.reached).toBe(0);
    expect(rebinding.asked).toBe(1);
    expect(['timeout', 'connection']).toContain(rebinding.error);
  });
});
