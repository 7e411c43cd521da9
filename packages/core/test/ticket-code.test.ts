import { createPublicKey, verify } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createIds, createSecrets, idFromBytes, systemClock } from '../src/kernel/index.ts';
import { type SigningKeyRecord, signWith } from '../src/organizers/index.ts';
import { newSigningKey } from '../src/organizers/signing-key.ts';
import { fromBase45, toBase45 } from '../src/tickets/base45.ts';
import { decodeTicketCode, encodeTicketCode, shortKeyId } from '../src/tickets/code.ts';

const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:';

const secrets = createSecrets(new Uint8Array(32).fill(9));
const ids = createIds(systemClock);
const key = newSigningKey({ ids, secrets, now: systemClock.now() }, ids.next('org'));
const ticket = { keyId: key.id, id: ids.next('tkt'), issue: 3 };
const genuine = encodeTicketCode(ticket, (message) => signWith(key, secrets, message));

/** What a door accepts: the ticket and issue that a code is genuine for. */
function accepted(text: string, by: SigningKeyRecord = key): string | undefined {
  const code = decodeTicketCode(text);
  if (code === undefined || Buffer.compare(code.keyId, shortKeyId(by.id)) !== 0) return undefined;
  const spki = Buffer.from(by.publicKey, 'base64url');
  const publicKey = createPublicKey({ key: spki, format: 'der', type: 'spki' });
  return verify(null, code.message, publicKey, code.signature)
    ? `${code.ticketId}/${code.issue}`
    : undefined;
}

describe('Base45', () => {
  it('gives back any bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        expect([...(fromBase45(toBase45(bytes)) ?? [])]).toEqual([...bytes]);
      }),
      { numRuns: 500 },
    );
  });

  it('reads a text only when it is the spelling of its bytes', () => {
    const text = fc
      .array(fc.constantFrom(...ALPHABET, 'a', 'é', '#'), { maxLength: 30 })
      .map((characters) => characters.join(''));
    fc.assert(
      fc.property(text, (given) => {
        const bytes = fromBase45(given);
        if (bytes !== undefined) expect(toBase45(bytes)).toBe(given);
      }),
      { numRuns: 2000 },
    );
  });
});

describe('a ticket code', () => {
  it('reads back whatever key, ticket and issue it is for', () => {
    const uuid = fc.uint8Array({ minLength: 16, maxLength: 16 });
    fc.assert(
      fc.property(uuid, uuid, fc.integer({ min: 1, max: 0xffff }), (keyBytes, bytes, issue) => {
        const [keyId, id] = [idFromBytes('key', keyBytes), idFromBytes('tkt', bytes)];
        const text = encodeTicketCode({ keyId, id, issue }, () => new Uint8Array(64).fill(7));
        const code = decodeTicketCode(text);
        expect(code?.ticketId).toBe(id);
        expect(code?.issue).toBe(issue);
        expect([...(code?.keyId ?? [])]).toEqual([...shortKeyId(keyId)]);
        // Scanners end a code with a line break; forms and files trim it.
        expect(decodeTicketCode(`${text}\r\n`)?.ticketId).toBe(id);
        expect(decodeTicketCode(text.trim())?.ticketId).toBe(id);
      }),
      { numRuns: 1000 },
    );
  });

  it('is accepted as it is', () => {
    expect(accepted(genuine)).toBe(`${ticket.id}/3`);
  });

  it('is refused with any of its bits turned', () => {
    const bytes = fromBase45(genuine) ?? new Uint8Array();
    for (let bit = 0; bit < bytes.length * 8; bit += 1) {
      const forged = Uint8Array.from(bytes);
      forged[bit >> 3] = (forged[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      expect(accepted(toBase45(forged))).toBe(undefined);
    }
  });

  it('is refused with characters changed, left out, put in or exchanged', () => {
    const at = fc.nat(genuine.length - 1);
    const character = fc.constantFrom(...ALPHABET);
    const change = fc.oneof(
      fc.tuple(at, character).map(([i, c]) => genuine.slice(0, i) + c + genuine.slice(i + 1)),
      at.map((i) => genuine.slice(0, i) + genuine.slice(i + 1)),
      fc.tuple(at, character).map(([i, c]) => genuine.slice(0, i) + c + genuine.slice(i)),
      fc.tuple(at, at).map(([i, j]) => {
        const letters = [...genuine];
        [letters[i], letters[j]] = [letters[j] ?? '', letters[i] ?? ''];
        return letters.join('');
      }),
    );
    fc.assert(
      fc.property(change, (forged) => {
        fc.pre(forged.trim() !== genuine.trim());
        expect(accepted(forged)).toBe(undefined);
      }),
      { numRuns: 4000 },
    );
  });

  it('is refused when it is signed by another key', () => {
    const other = newSigningKey({ ids, secrets, now: systemClock.now() }, ids.next('org'));
    const forged = encodeTicketCode(ticket, (message) => signWith(other, secrets, message));
    expect(accepted(forged)).toBe(undefined);
    expect(accepted(genuine, { ...other, id: key.id })).toBe(undefined);
  });
});
