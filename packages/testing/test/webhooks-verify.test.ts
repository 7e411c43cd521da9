import { verifyWebhook, WebhookVerificationError } from '@ticketi/core/webhooks';
import { Webhook } from 'standardwebhooks';
import { describe, expect, test } from 'vitest';

const secret = `whsec_${Buffer.alloc(32, 5).toString('base64')}`;
const other = `whsec_${Buffer.alloc(32, 6).toString('base64')}`;
const body = JSON.stringify({ id: 'obx_1', type: 'order.paid', data: { name: 'Zoë 🎟' } });
const at = new Date('2027-06-01T12:00:00Z');

/** Signed by the library of Standard Webhooks. */
function signed(secrets = [secret], id = 'obx_1', payload = body) {
  return {
    'webhook-id': id,
    'webhook-timestamp': String(at.getTime() / 1000),
    'webhook-signature': secrets.map((one) => new Webhook(one).sign(id, at, payload)).join(' '),
  };
}

function code(promise: Promise<unknown>): Promise<string> {
  return promise.then(
    () => 'genuine',
    (error: unknown) => (error instanceof WebhookVerificationError ? error.code : String(error)),
  );
}

describe('verifyWebhook', () => {
  const verify = async (
    headers: Parameters<typeof verifyWebhook>[1] = signed(),
    { payload = body, secrets = secret as string | string[], seconds = 0, more = {} } = {},
  ) =>
    code(
      verifyWebhook(payload, headers, secrets, {
        now: () => at.getTime() + seconds * 1000,
        ...more,
      }),
    );

  test('takes what the library of Standard Webhooks signed, however headers come', async () => {
    expect(await verify()).toBe('genuine');
    expect(await verify(new Headers(signed()))).toBe('genuine');
    const shouted = Object.fromEntries(
      Object.entries(signed()).map(([name, value]) => [name.toUpperCase(), value]),
    );
    expect(await verify(shouted)).toBe('genuine');
    const bytes = new TextEncoder().encode(body);
    const given = await verifyWebhook(bytes, signed(), secret, { now: () => at.getTime() });
    expect(given).toEqual(JSON.parse(body));
  });

  test('takes any of several secrets, and any of several signatures', async () => {
    expect(await verify(signed(), { secrets: [other, secret] })).toBe('genuine');
    expect(await verify(signed([other, secret]))).toBe('genuine');
    expect(
      await verify({
        ...signed(),
        'webhook-signature': `v1a,AAAA v2,BBBB ${signed()['webhook-signature']}`,
      }),
    ).toBe('genuine');
    expect(await verify(signed([other]))).toBe('wrong_signature');
    expect(await verify(signed(), { secrets: [] })).toBe('wrong_signature');
  });

  test('refuses every change of a character, of the body, of the id and of the time', async () => {
    const answers = new Set<string>();
    for (let index = 0; index < body.length; index += 1) {
      const changed = `${body.slice(0, index)}~${body.slice(index + 1)}`;
      answers.add(await verify(signed(), { payload: changed }));
    }
    answers.add(await verify({ ...signed(), 'webhook-id': 'obx_2' }));
    answers.add(await verify({ ...signed(), 'webhook-timestamp': '1811851201' }));
    const signature = signed()['webhook-signature'];
    for (let index = 3; index < signature.length - 1; index += 1) {
      const letter = signature[index] === 'A' ? 'B' : 'A';
      const changed = signature.slice(0, index) + letter + signature.slice(index + 1);
      // The last letters of base64 may say the same bytes; this one has none such before them.
      answers.add(await verify({ ...signed(), 'webhook-signature': changed }));
    }
    expect([...answers]).toEqual(['wrong_signature']);
  });

  test.each([
    ['too_old', 301, {}],
    ['too_new', -301, {}],
    ['genuine', 300, {}],
    ['genuine', -300, {}],
    ['genuine', 3600, { toleranceSeconds: 3600 }],
  ])('%s: %i s after it was signed', async (expected, seconds, more) => {
    expect(await verify(signed(), { seconds, more })).toBe(expected);
  });

  test('says what is missing or no such thing', async () => {
    for (const name of Object.keys(signed())) {
      expect(await verify({ ...signed(), [name]: '' })).toBe('missing_header');
      const left = Object.fromEntries(Object.entries(signed()).filter(([key]) => key !== name));
      expect(await verify(left)).toBe('missing_header');
    }
    expect(await verify({ ...signed(), 'webhook-timestamp': '1e9' })).toBe('invalid_timestamp');
    expect(await verify(signed(), { secrets: 'whsec_%' })).toBe('invalid_secret');
    expect(await verify(signed(), { secrets: '' })).toBe('invalid_secret');
    expect(await verify({ ...signed(), 'webhook-signature': 'v1,%' })).toBe('wrong_signature');
    const text = 'no json';
    expect(await verify(signed([secret], 'obx_1', text), { payload: text })).toBe('invalid_body');
  });
});
