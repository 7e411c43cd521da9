import { describe, expect, it } from 'vitest';
import { instantFromMillis } from '../src/kernel/index.ts';
import { fromBase45, toBase45 } from '../src/tickets/base45.ts';
import { checkTicketCode } from '../src/tickets/check-code.ts';
import { encodeTicketCode } from '../src/tickets/code.ts';
import { createVerifier, rotatingCode } from '../src/tickets/verify.ts';
import {
  changed,
  codeVectors,
  flipped,
  key,
  recordOf,
  secretOf,
  signedBy,
  withOrderAdded,
} from './support/code-vectors.ts';

const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:';
const MUTATIONS = 100_000;
const now = 1_815_000_000_000;

const { keys, doorKey } = await codeVectors();
const device = createVerifier({
  keys: { keys: keys.map(({ kid, x }) => ({ kid, x, kty: 'OKP', crv: 'Ed25519' })) },
  rotating: { required: false, doorKey },
});
const beside = {
  keys: keys.map((one) => recordOf(one)),
  rules: { rotating: false, doorKey },
  now: instantFromMillis(now),
};

/** The same numbers in every run (mulberry32). */
let state = 26;
function below(limit: number): number {
  state = (state + 0x6d2b79f5) | 0;
  let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
  mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
  return ((mixed ^ (mixed >>> 14)) >>> 0) % limit;
}

const tickets = Array.from({ length: 20 }, (_, n) => ({
  id: `tkt_01k0000000e0080000000000${String(n).padStart(2, '0')}`,
  issue: 1 + n * 97,
}));
const codes = await Promise.all(
  tickets.map(async (ticket, n) => {
    const code = encodeTicketCode({ ...ticket, keyId: key.kid }, signedBy(key));
    return n % 4 === 0
      ? (await rotatingCode({ code, secret: secretOf(ticket) }, { now })).code
      : code;
  }),
);
const one = () => codes[below(codes.length)] ?? '';
const replaced = (code: string, at: number, by: string) =>
  code.slice(0, at) + by + code.slice(at + 1);
const bytesOf = (code: string) => fromBase45(code) ?? new Uint8Array();

/** What somebody may try who has seen genuine codes, and has keys of their own. */
const mutations: readonly ((code: string) => string)[] = [
  (code) => flipped(code, below(bytesOf(code).length), 1 << below(8)),
  (code) => flipped(flipped(code, 9 + below(82), 1 << below(8)), 9 + below(82), 1 << below(8)),
  (code) => replaced(code, below(code.length), ALPHABET.charAt(below(45))),
  (code) => replaced(code, below(code.length), '#abé_\u0000'.charAt(below(6))),
  (code) => code.slice(0, below(code.length)),
  (code) => code + ALPHABET.charAt(below(36)).repeat(1 + below(30)),
  (code) => `${code.slice(0, 3 * below(45))}:::${code.slice(3 * below(45))}`,
  (code) => code.toLowerCase(),
  (code) => {
    const [i, j] = [below(code.length), below(code.length)];
    return replaced(replaced(code, i, code.charAt(j)), j, code.charAt(i));
  },
  // The signature of another ticket, and another ticket's head under this signature.
  (code) => toBase45(Uint8Array.from([...bytesOf(code).slice(0, 27), ...bytesOf(one()).slice(27)])),
  // A key of one's own under the organizer's name.
  () =>
    encodeTicketCode(
      { ...(tickets[below(20)] ?? { id: '', issue: 1 }), keyId: key.kid },
      (message) => signedBy(keys[1 + below(2)] ?? key)(message),
    ),
  withOrderAdded,
  // Points of small order for R, and zeros for s.
  (code) =>
    changed(code, (bytes) => {
      bytes.fill(0, 27, 91);
      bytes[27] = below(2);
      return bytes;
    }),
];

/** Whether two texts are the same code: white space around it, and its own first space, are not of it. */
const isOneOf = (text: string) => codes.includes(text.trim());

describe('codes that were changed', () => {
  it(`are never accepted: ${MUTATIONS} of them, by the server and by a device`, async () => {
    const accepted: string[] = [];
    let tried = 0;
    while (tried < MUTATIONS) {
      const batch = Array.from({ length: 1000 }, (_, n) => {
        const mutate = mutations[n % mutations.length] ?? withOrderAdded;
        return mutate(one());
      }).filter((text) => !isOneOf(text));
      tried += batch.length;
      const verified = await Promise.all(batch.map((text) => device.verify(text, { now })));
      const checked = await Promise.all(batch.map((text) => checkTicketCode(text, beside)));
      batch.forEach((text, n) => {
        if (verified[n]?.ok || checked[n]?.genuine) accepted.push(text);
      });
    }
    expect(accepted).toEqual([]);
  }, 120_000);

  it('are changed from codes that are accepted', async () => {
    for (const code of codes) {
      expect(await device.verify(code, { now })).toMatchObject({ ok: true });
      expect(await checkTicketCode(code, beside)).toMatchObject({ genuine: true });
    }
  });
});

describe('a public key', () => {
  const setOf = (x: string) => ({
    keys: [{ kid: key.kid, kty: 'OKP', crv: 'Ed25519', x }] as const,
  });

  // https://eprint.iacr.org/2020/1244, table 6: with each, one signature fits many messages.
  it.each([
    '0100000000000000000000000000000000000000000000000000000000000000',
    'ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
    '0000000000000000000000000000000000000000000000000000000000000080',
    '0000000000000000000000000000000000000000000000000000000000000000',
    'c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a',
    'c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa',
    '26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05',
    '26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85',
    '0100000000000000000000000000000000000000000000000000000000000080',
    'ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff',
    'eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
    'eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff',
    'edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff',
    'edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
  ])('of small order is none: %s', (hex) => {
    const x = Buffer.from(hex, 'hex').toString('base64url');
    expect(() => createVerifier({ keys: setOf(x) })).toThrow(RangeError);
  });

  it.each(['', 'AAAA', '#'])('has 32 bytes in base64url: %j is none', (x) => {
    expect(() => createVerifier({ keys: setOf(x) })).toThrow(RangeError);
  });
});
