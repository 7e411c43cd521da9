import { generateKeyPairSync, sign, verify } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { idFromBytes } from '../kernel/index.ts';
import { fromBase45, toBase45 } from './base45.ts';
import { decodeTicketCode, encodeTicketCode, shortKeyId } from './code.ts';

const text = (value: string) => new TextEncoder().encode(value);

describe('Base45', () => {
  // The examples of RFC 9285, 4.3 and 4.4.
  it.each([
    ['AB', 'BB8'],
    ['Hello!!', '%69 VD92EX0'],
    ['base-45', 'UJCLQE7W581'],
    ['ietf!', 'QED8WEX0'],
  ])('%s is %s', (plain, encoded) => {
    expect(toBase45(text(plain))).toBe(encoded);
    expect(fromBase45(encoded)).toEqual(text(plain));
  });

  it.each(['A', 'GGW', ':::', '::', 'bb8', 'BB8\n', 'ÄÖÜ'])('refuses %j', (wrong) => {
    expect(fromBase45(wrong)).toBeUndefined();
  });
});

describe('a ticket code', () => {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  const ticket = {
    id: 'tkt_01k0000000e008000000000000',
    keyId: 'key_01k0000000e00800000000000z',
    issue: 258,
  };
  const code = encodeTicketCode(ticket, (message) => sign(null, message, privateKey));

  it('carries key, ticket and issue number, and its signature holds', () => {
    const decoded = decodeTicketCode(code);
    expect(decoded).toMatchObject({ ticketId: ticket.id, issue: 258 });
    expect(decoded?.keyId).toEqual(shortKeyId(ticket.keyId));
    expect(decoded && verify(null, decoded.message, publicKey, decoded.signature)).toBe(true);
  });

  it('is 137 characters of the alphanumeric set of QR codes', () => {
    expect(code).toHaveLength(137);
    expect(code).toMatch(/^[0-9A-Z $%*+\-./:]+$/);
  });

  it('is the same each time it is made', () => {
    expect(encodeTicketCode(ticket, (message) => sign(null, message, privateKey))).toBe(code);
  });

  it('has no form but its own', () => {
    for (const wrong of ['', code.slice(3), `${code}000`, code.toLowerCase(), 'HELLO']) {
      expect(decodeTicketCode(wrong)).toBeUndefined();
    }
  });

  it('is read with every key, with or without the white space around it', () => {
    const read = Array.from({ length: 256 }, (_, byte) => {
      const bytes = new Uint8Array(16).fill(byte, 8, 9);
      const keyId = idFromBytes('key', bytes);
      const whole = encodeTicketCode({ ...ticket, keyId }, () => new Uint8Array(64));
      return [whole, whole.trim(), `${whole}\r\n`].map(
        (given) => decodeTicketCode(given)?.keyId[0] === byte,
      );
    });
    expect(read.flat()).not.toContain(false);
  });

  it('does not verify with another ticket id or issue number', () => {
    const decoded = decodeTicketCode(code);
    const other = decodeTicketCode(
      encodeTicketCode({ ...ticket, issue: 259 }, () => decoded?.signature ?? new Uint8Array(64)),
    );
    expect(other && verify(null, other.message, publicKey, other.signature)).toBe(false);
  });
});
