import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { instantFromMillis } from '../src/kernel/index.ts';
import { checkTicketCode } from '../src/tickets/check-code.ts';
import { createVerifier } from '../src/tickets/verify.ts';
import { codeVectors, recordOf } from './support/code-vectors.ts';

const file = new URL('../../../docs/vectors/ticket-codes.json', import.meta.url);
const vectors = await codeVectors();

it('makes the codes that are published', async () => {
  await expect(`${JSON.stringify(vectors, null, 2)}\n`).toMatchFileSnapshot(file.pathname);
});

const published: typeof vectors = JSON.parse(readFileSync(file, 'utf8'));
const { keys, revoked, doorKey, revocations, valid, invalid } = published;
const given = [...valid.map((one) => ({ ...one, reason: undefined })), ...invalid];

it.each(given)('says $reason to $name, on a device', async ({ code, now, rotating, reason }) => {
  const device = createVerifier({
    keys: {
      keys: keys.map(({ kid, x }) => ({ kid, x, kty: 'OKP', crv: 'Ed25519' })),
      revoked,
    },
    revocations,
    rotating: { required: rotating, doorKey },
  });
  const verified = await device.verify(code, { now });
  expect(verified.ok ? undefined : verified.reason).toBe(reason);
  const expected = valid.find((one) => one.code === code && one.rotating === rotating);
  if (verified.ok) {
    const { ticketId, issue, keyId } = verified;
    expect({ ticketId, issue, keyId }).toEqual({
      ticketId: expected?.ticketId,
      issue: expected?.issue,
      keyId: expected?.keyId,
    });
  }
});

it.each(given)(
  'says $reason to $name, beside the database',
  async ({ code, now, rotating, reason }) => {
    const checked = await checkTicketCode(code, {
      keys: keys.map((key) =>
        recordOf(
          key,
          revoked.some(({ kid }) => kid === key.kid) ? '2027-01-02T00:00:00.000Z' : null,
        ),
      ),
      rules: { rotating, doorKey },
      now: instantFromMillis(now),
    });
    // The list of the database is its tickets, and it knows every key there is.
    const told = reason === 'revoked' ? undefined : reason?.replace('unknown_key', 'unknown_code');
    expect(checked.genuine ? undefined : checked.reason).toBe(told);
  },
);
