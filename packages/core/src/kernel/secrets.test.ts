import { describe, expect, it } from 'vitest';
import { TicketiError } from './errors.ts';
import { createSecrets, generateSecret, secretFromText } from './secrets.ts';

const secret = (fill: number) => new Uint8Array(32).fill(fill);

describe('secrets', () => {
  it('open what they sealed, and nothing that was changed', () => {
    const secrets = createSecrets(secret(1));
    const sealed = secrets.seal(new TextEncoder().encode('private'));
    expect(new TextDecoder().decode(secrets.open(sealed))).toBe('private');
    const bytes = Buffer.from(sealed, 'base64url');
    for (const at of [0, 15, bytes.length - 1]) {
      const changed = Buffer.from(bytes);
      changed[at] = (changed[at] ?? 0) ^ 1;
      expect(() => secrets.open(changed.toString('base64url'))).toThrow(TicketiError);
    }
  });

  it('refuse another secret, unless it is given as a previous one', () => {
    const sealed = createSecrets(secret(1)).seal(new Uint8Array([7]));
    const token = createSecrets(secret(1)).token('guest-access', 'hld_1');
    const other = createSecrets(secret(2));
    expect(() => other.open(sealed)).toThrow(expect.objectContaining({ code: 'wrong_secret' }));
    expect(other.matches('guest-access', 'hld_1', token)).toBe(false);
    const rotated = createSecrets(secret(2), [secret(1)]);
    expect([...rotated.open(sealed)]).toEqual([7]);
    expect(rotated.matches('guest-access', 'hld_1', token)).toBe(true);
  });

  it('make tokens that serve one text only', () => {
    const secrets = createSecrets(secret(1));
    const token = secrets.token('guest-access', 'hld_1');
    expect(secrets.matches('guest-access', 'hld_1', token)).toBe(true);
    expect(secrets.matches('guest-access', 'hld_2', token)).toBe(false);
    expect(secrets.matches('guest-access', 'hld_1', '')).toBe(false);
    expect(secrets.matches('guest-access', 'hld_1', `${token}x`)).toBe(false);
  });

  it('are read from base64 and hex, and refused when short', () => {
    const fresh = generateSecret();
    expect([...secretFromText(Buffer.from(fresh).toString('base64'))]).toEqual([...fresh]);
    expect([...secretFromText(` ${Buffer.from(fresh).toString('hex')}\n`)]).toEqual([...fresh]);
    expect(() => createSecrets(secretFromText('short'))).toThrow(
      expect.objectContaining({ code: 'invalid_secret' }),
    );
  });
});
