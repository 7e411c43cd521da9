import { describe, expect, it } from 'vitest';
import { createSecrets, generateSecret } from '../kernel/index.ts';
import { CODE_BYTES, codeFrom, codeKey, lastFourOf } from './code.ts';

describe('the code of a gift card', () => {
  const secrets = createSecrets(generateSecret());

  it('is 80 bits in four groups, of letters that cannot be mistaken', () => {
    expect(CODE_BYTES * 8).toBe(80);
    expect(codeFrom(new Uint8Array(10))).toBe('GC-0000-0000-0000-0000');
    expect(codeFrom(new Uint8Array(10).fill(255))).toBe('GC-ZZZZ-ZZZZ-ZZZZ-ZZZZ');
    expect(codeFrom(new Uint8Array([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]))).toBe('GC-000G-40R4-0M30-E209');
  });

  it('is another one each time, and reads back', () => {
    const codes = Array.from({ length: 1000 }, () => codeFrom(secrets.random(CODE_BYTES)));
    expect(new Set(codes).size).toBe(1000);
    for (const code of codes) {
      expect(code).toMatch(/^GC(-[0-9A-HJKMNP-TV-Z]{4}){4}$/);
      expect(codeKey(code)).toBe(code.slice(3).replaceAll('-', ''));
    }
  });

  it.each([
    'GC-7Q2M-0WXR-K9DT-4HN1',
    'gc-7q2m-0wxr-k9dt-4hn1',
    '  GC 7Q2M 0WXR K9DT 4HN1 ',
    'GC7Q2M0WXRK9DT4HN1',
    '7Q2M-0WXR-K9DT-4HN1',
    'GC-7Q2M-OWXR-K9DT-4HNI',
    'gc\u20137q2m\u2013owxr\u2013k9dt\u20134hnl',
  ])('%s is one code', (typed) => {
    expect(codeKey(typed)).toBe('7Q2M0WXRK9DT4HN1');
  });

  it.each(['', 'GC', '7Q2M-0WXR-K9DT-4HN', 'GC-7Q2M-0WXR-K9DT-4HNU', 'GC-7Q2M-0WXR-K9DT-4HN11'])(
    '%j is none',
    (typed) => {
      expect(codeKey(typed)).toBeUndefined();
    },
  );

  it('begins with GC only where that is the prefix', () => {
    expect(codeKey('GC2M-0WXR-K9DT-4HN1')).toBe('GC2M0WXRK9DT4HN1');
    expect(lastFourOf('GC2M0WXRK9DT4HN1')).toBe('4HN1');
  });
});
