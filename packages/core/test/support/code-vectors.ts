import { createHmac, createPrivateKey, createPublicKey, sign } from 'node:crypto';
import { idBytes, idFromBytes } from '../../src/kernel/index.ts';
import type { SigningKeyRecord } from '../../src/organizers/index.ts';
import { fromBase45, toBase45 } from '../../src/tickets/base45.ts';
import { encodeTicketCode } from '../../src/tickets/code.ts';
import { type CodeProblem, rotatingCode } from '../../src/tickets/verify.ts';

/** A key of the vectors, whose private half is published: no ticket that counts is signed with it. */
export interface VectorKey {
  readonly kid: string;
  /** RFC 8037: the seed. */
  readonly d: string;
  readonly x: string;
}

interface Vector {
  readonly name: string;
  readonly code: string;
  /** Whether the door asks for codes that rotate. */
  readonly rotating: boolean;
  /** Milliseconds since 1970. */
  readonly now: number;
}

interface ValidVector extends Vector {
  readonly ticketId: string;
  readonly issue: number;
  readonly keyId: string;
}

interface InvalidVector extends Vector {
  readonly reason: CodeProblem;
}

function keyOf(kid: string, fill: number): VectorKey {
  const seed = Buffer.alloc(32, fill);
  const pkcs8 = Buffer.concat([Buffer.from('302e020100300506032b657004220420', 'hex'), seed]);
  const { x = '' } = createPublicKey(
    createPrivateKey({ key: pkcs8, type: 'pkcs8', format: 'der' }),
  ).export({ format: 'jwk' });
  return { kid, d: seed.toString('base64url'), x };
}

export function signedBy({ d, x }: VectorKey) {
  const key = createPrivateKey({ key: { kty: 'OKP', crv: 'Ed25519', d, x }, format: 'jwk' });
  return (message: Uint8Array): Uint8Array => sign(null, message, key);
}

/** The record that the server would have of it. */
export function recordOf({ kid, x }: VectorKey, revokedAt: string | null = null): SigningKeyRecord {
  const head = Buffer.from('302a300506032b6570032100', 'hex');
  return {
    id: kid,
    organizerId: 'org_01k0000000e008000000000000',
    publicKey: Buffer.concat([head, Buffer.from(x, 'base64url')]).toString('base64url'),
    privateKey: '',
    createdAt: '2027-01-01T00:00:00.000Z',
    retiredAt: revokedAt,
    revokedAt,
    revision: 1,
  };
}

export const key = keyOf('key_01k0000000e00800000000000z', 1);
/** Its codes begin with a space. */
const spacedKey = keyOf(
  idFromBytes('key', Uint8Array.of(1, 153, 0, 0, 0, 0, 112, 0, 140, 1, 2, 3, 4, 5, 6, 7)),
  2,
);
const revokedKey = keyOf('key_01k0000000e00900000000000z', 3);
const strangerKey = keyOf('key_01k0000000e00b00000000000z', 4);

const doorKey = Buffer.alloc(24, 5).toString('base64url');
const now = Date.parse('2027-07-10T18:00:07.000Z');
const ticket = { id: 'tkt_01k0000000e008000000000000', issue: 1 };
const other = { id: 'tkt_01k0000000e008000000000001', issue: 258 };
const gone = { id: 'tkt_01k0000000e008000000000002', issue: 1 };

type Stated = typeof ticket;

const codeOf = (its: Stated, by = key, kid = by.kid) =>
  encodeTicketCode({ ...its, keyId: kid }, signedBy(by));

/** What `tickets.code` gives an application. */
export function secretOf({ id, issue }: Stated): string {
  const stated = Buffer.concat([idBytes(id), Buffer.from([issue >> 8, issue & 0xff])]);
  return createHmac('sha256', Buffer.from(doorKey, 'base64url'))
    .update('ticketi/ticket-secret/v2\n')
    .update(stated)
    .digest('base64url');
}

const shownAt = async (millis: number, its = ticket) =>
  (await rotatingCode({ code: codeOf(its), secret: secretOf(its) }, { now: millis })).code;

/** The code with its bytes changed by `change`. */
export function changed(code: string, change: (bytes: Uint8Array) => Uint8Array): string {
  const bytes = Uint8Array.from(fromBase45(code.padStart(137)) ?? []);
  return toBase45(change(bytes));
}

export const flipped = (code: string, at: number, bit = 1) =>
  changed(code, (bytes) => {
    bytes[at] = (bytes[at] ?? 0) ^ bit;
    return bytes;
  });

/** That of the base point: 2^252 + 27742317777372353535851937790883648493. */
const ORDER = 0x1000000000000000000000000000000014def9dea2f79cd65812631a5cf5d3edn;

/** The same signature with the order added to its second half: s and s + L mean the same point. */
export const withOrderAdded = (code: string) =>
  changed(code, (bytes) => {
    const digits = Buffer.from(bytes.slice(59, 91)).reverse().toString('hex');
    const sum = (BigInt(`0x${digits}`) + ORDER).toString(16).padStart(64, '0');
    bytes.set(Buffer.from(sum, 'hex').reverse(), 59);
    return bytes;
  });

/** Everything that a verifier in another language needs to be sure of itself. */
export async function codeVectors() {
  const code = codeOf(ticket);
  const rotated = await shownAt(now);
  const spaced = codeOf(ticket, spacedKey);
  const still = { rotating: false, now };
  const turning = { rotating: true, now };
  const good = { ticketId: ticket.id, issue: 1, keyId: key.kid };
  const signatureOf = (text: string) => (fromBase45(text) ?? new Uint8Array()).slice(27, 91);
  const valid: ValidVector[] = [
    { name: 'a code', code, ...still, ...good },
    {
      name: 'an issue number of two bytes',
      code: codeOf(other),
      ...still,
      ...good,
      ticketId: other.id,
      issue: 258,
    },
    { name: 'white space around it', code: `  ${code}\r\n`, ...still, ...good },
    { name: 'one that begins with a space', code: spaced, ...still, ...good, keyId: spacedKey.kid },
    {
      name: 'the same without its space',
      code: spaced.slice(1),
      ...still,
      ...good,
      keyId: spacedKey.kid,
    },
    { name: 'a rotating code', code: rotated, ...turning, ...good },
    {
      name: 'a rotating code of the step before',
      code: await shownAt(now - 15_000),
      ...turning,
      ...good,
    },
    {
      name: 'a rotating code of the step after',
      code: await shownAt(now + 15_000),
      ...turning,
      ...good,
    },
    { name: 'a rotating code where none is asked for', code: rotated, ...still, ...good },
  ];
  const invalid: InvalidVector[] = [
    ...[
      ['nothing', ''],
      ['a word', 'HELLO WORLD'],
      ['small letters', code.toLowerCase()],
      ['one character less', code.slice(0, -1)],
      ['three characters less', code.slice(0, -3)],
      ['three characters more', `${code}000`],
      ['a group above its two bytes', `${code.slice(0, 3)}:::${code.slice(6)}`],
      ['an end above its byte', `${code.slice(0, -2)}::`],
      ['version 0', flipped(code, 0, 1)],
      ['version 3', flipped(code, 0, 2)],
      ['version 2 without the part that rotates', flipped(code, 0, 3)],
      ['version 1 with a part that rotates', flipped(rotated, 0, 3)],
      ['a signature with the order added to it', withOrderAdded(code)],
    ].map(([name = '', text = '']) => ({
      name,
      code: text,
      ...still,
      reason: 'unknown_code' as const,
    })),
    { name: 'a key that nobody has', code: flipped(code, 1), ...still, reason: 'unknown_key' },
    {
      name: 'a key of somebody else',
      code: codeOf(ticket, strangerKey),
      ...still,
      reason: 'unknown_key',
    },
    {
      name: 'a key that was given up',
      code: codeOf(ticket, revokedKey),
      ...still,
      reason: 'key_revoked',
    },
    { name: 'another ticket', code: flipped(code, 24), ...still, reason: 'bad_signature' },
    { name: 'another issue number', code: flipped(code, 26), ...still, reason: 'bad_signature' },
    { name: 'a bit of R', code: flipped(code, 27), ...still, reason: 'bad_signature' },
    { name: 'a bit of s', code: flipped(code, 60), ...still, reason: 'bad_signature' },
    {
      name: 'the signature of another ticket',
      code: encodeTicketCode({ ...ticket, keyId: key.kid }, () => signatureOf(codeOf(other))),
      ...still,
      reason: 'bad_signature',
    },
    {
      name: 'the signature of another key',
      code: codeOf(ticket, strangerKey, key.kid),
      ...still,
      reason: 'bad_signature',
    },
    {
      name: 'a signature of zeros',
      code: encodeTicketCode({ ...ticket, keyId: key.kid }, () => new Uint8Array(64)),
      ...still,
      reason: 'bad_signature',
    },
    {
      name: 'a signature without the context',
      code: encodeTicketCode({ ...ticket, keyId: key.kid }, (message) =>
        signedBy(key)(message.subarray(-27)),
      ),
      ...still,
      reason: 'bad_signature',
    },
    {
      name: 'a code that stays where they rotate',
      code,
      ...turning,
      reason: 'rotating_code_required',
    },
    {
      name: 'a rotating code of two steps ago',
      code: await shownAt(now - 30_000),
      ...turning,
      reason: 'code_expired',
    },
    {
      name: 'a rotating code of two steps ahead',
      code: await shownAt(now + 30_000),
      ...turning,
      reason: 'code_expired',
    },
    {
      name: 'a rotating code put forward by a step',
      code: flipped(await shownAt(now - 30_000), 94, 1),
      ...turning,
      reason: 'bad_signature',
    },
    { name: 'a bit of the HMAC', code: flipped(rotated, 102), ...turning, reason: 'bad_signature' },
    {
      name: 'the part that rotates of another ticket',
      code: mixed(rotated, await shownAt(now, other)),
      ...turning,
      reason: 'bad_signature',
    },
    { name: 'a ticket on the revocation list', code: codeOf(gone), ...still, reason: 'revoked' },
    { name: 'the same, rotating', code: await shownAt(now, gone), ...turning, reason: 'revoked' },
  ];
  return {
    keys: [key, spacedKey, revokedKey],
    revoked: [{ kid: revokedKey.kid }],
    doorKey,
    secrets: [{ ticketId: ticket.id, issue: 1, secret: secretOf(ticket) }],
    revocations: [{ ticketId: gone.id, issue: 1, reason: 'resold', sequence: 1 }],
    valid,
    invalid,
  };
}

/** The static part of one rotating code with what rotates of another. */
function mixed(first: string, second: string): string {
  const [a, b] = [fromBase45(first) ?? [], fromBase45(second) ?? []];
  return toBase45(Uint8Array.from([...a.slice(0, 91), ...b.slice(91)]));
}
