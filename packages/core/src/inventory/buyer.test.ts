import { describe, expect, it } from 'vitest';
import { createSecrets } from '../kernel/index.ts';
import { buyerKeyOf, normalizeEmail } from './buyer.ts';

it.each([
  ['Anna@Example.COM', 'anna@example.com'],
  ['  anna@example.com\n', 'anna@example.com'],
  ['anna+fest@example.com', 'anna@example.com'],
  ['anna+one+two@example.com', 'anna@example.com'],
  ['an.na@example.com', 'an.na@example.com'],
  ['+anna@example.com', '+anna@example.com'],
  ['anna@exam+ple.com', 'anna@exam+ple.com'],
  ['no address', 'no address'],
  ['zoe\u0308@example.com', 'zo\u00eb@example.com'],
])('normalizeEmail(%j) is %j', (given, normal) => {
  expect(normalizeEmail(given)).toBe(normal);
  expect(normalizeEmail(normal)).toBe(normal);
});

describe('buyerKeyOf', () => {
  const first = new Uint8Array(32).fill(1);
  const second = new Uint8Array(32).fill(2);
  const secrets = createSecrets(first);
  const guest = (email: string | null) => ({ userId: null, email });

  it('knows a guest by the normalised address', () => {
    const key = buyerKeyOf(secrets, 'evt_1', guest('anna@example.com'));
    expect(buyerKeyOf(secrets, 'evt_1', guest(' Anna+x@Example.com'))).toBe(key);
    expect(buyerKeyOf(secrets, 'evt_1', guest('anne@example.com'))).not.toBe(key);
    expect(key).not.toMatch(/anna/);
  });

  it('knows a user by their id, whatever address they give', () => {
    const user = { userId: 'u_1', email: 'anna@example.com' };
    const key = buyerKeyOf(secrets, 'evt_1', user);
    expect(buyerKeyOf(secrets, 'evt_1', { ...user, email: null })).toBe(key);
    expect(buyerKeyOf(secrets, 'evt_1', guest('anna@example.com'))).not.toBe(key);
  });

  it('is another at every event, and none for who has not said who they are', () => {
    const key = buyerKeyOf(secrets, 'evt_1', guest('anna@example.com'));
    expect(buyerKeyOf(secrets, 'evt_2', guest('anna@example.com'))).not.toBe(key);
    expect(buyerKeyOf(secrets, 'evt_1', guest(null))).toBeNull();
  });

  it('stays the same when the secret is changed and the earlier one is given', () => {
    const key = buyerKeyOf(secrets, 'evt_1', guest('anna@example.com'));
    const changed = createSecrets(second, [first]);
    expect(buyerKeyOf(changed, 'evt_1', guest('anna@example.com'))).toBe(key);
    expect(buyerKeyOf(createSecrets(second), 'evt_1', guest('anna@example.com'))).not.toBe(key);
  });
});
