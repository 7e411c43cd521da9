import { idBytes, idFromBytes } from '../kernel/typeid.ts';
import { fromBase45, toBase45 } from './base45.ts';
import { hasCanonicalScalar } from './ed25519.ts';
import { concat } from './octets.ts';
import { ROTATING_BYTES, type RotatingPart, readRotatingPart } from './rotating.ts';

/**
 * The code of a ticket: what the QR shows (docs/ticket-codes.md). In bytes
 *
 *     version 1 | key id 8 | ticket id 16 | issue number 2 | Ed25519 signature 64
 *
 * and the whole in Base45: 137 characters, a small alphanumeric QR. The
 * signature covers the context string and all bytes before it. Ed25519 is
 * deterministic, so the code is made when it is asked for and stored nowhere.
 * Version 2 is the same with a part behind it that changes every few seconds.
 */
export interface TicketCode {
  readonly keyId: Uint8Array;
  readonly ticketId: string;
  readonly issue: number;
  readonly signature: Uint8Array<ArrayBuffer>;
  /** What the signature covers. */
  readonly message: Uint8Array<ArrayBuffer>;
  /** Null for a code that stays the same. */
  readonly rotating: RotatingPart | null;
}

const STATIC = 1;
const ROTATING = 2;
const CONTEXT = new TextEncoder().encode('ticketi/ticket-code/v1\n');
/** Bytes of a key's id that travel in a code: the random end of its UUID. */
const KEY_ID_BYTES = 8;
const TICKET_AT = 1 + KEY_ID_BYTES;
const ISSUE_AT = TICKET_AT + 16;
const BODY_BYTES = ISSUE_AT + 2;
const SIGNATURE_BYTES = 64;
const STATIC_BYTES = BODY_BYTES + SIGNATURE_BYTES;

const BYTES_OF_VERSION: ReadonlyMap<number | undefined, number> = new Map([
  [STATIC, STATIC_BYTES],
  [ROTATING, STATIC_BYTES + ROTATING_BYTES],
]);

/** Issue numbers that fit a code. */
const MAX_ISSUE = 0xffff;

/** The code of a ticket; `sign` makes the Ed25519 signature. */
export function encodeTicketCode(
  ticket: { keyId: string; id: string; issue: number },
  sign: (message: Uint8Array) => Uint8Array,
): string {
  if (ticket.issue > MAX_ISSUE)
    throw new RangeError(`Ticket ${ticket.id} changed hands too often.`);
  const body = new Uint8Array(BODY_BYTES);
  body[0] = STATIC;
  body.set(shortKeyId(ticket.keyId), 1);
  body.set(statedOf(ticket), TICKET_AT);
  return toBase45(concat(body, sign(concat(CONTEXT, body))));
}

/** The parts of a code; undefined when it has not the form of one. It verifies nothing. */
export function decodeTicketCode(text: string): TicketCode | undefined {
  const bytes = bytesOfCode(text);
  if (bytes === undefined) return undefined;
  const body = bytes.slice(0, BODY_BYTES);
  body[0] = STATIC;
  const signature = bytes.slice(BODY_BYTES, STATIC_BYTES);
  if (!hasCanonicalScalar(signature)) return undefined;
  const stated = body.subarray(TICKET_AT);
  return {
    keyId: body.subarray(1, TICKET_AT),
    ticketId: idFromBytes('tkt', body.subarray(TICKET_AT, ISSUE_AT)),
    issue: (body[ISSUE_AT] ?? 0) * 256 + (body[ISSUE_AT + 1] ?? 0),
    signature,
    message: concat(CONTEXT, body),
    rotating: bytes[0] === ROTATING ? readRotatingPart(bytes, stated) : null,
  };
}

/** The bytes of a static code as those of a rotating one, without the part that rotates. */
export function rotatingHead(code: string): Uint8Array<ArrayBuffer> | undefined {
  const bytes = bytesOfCode(code);
  if (bytes?.[0] !== STATIC) return undefined;
  bytes[0] = ROTATING;
  return bytes;
}

/** What a code says of its ticket: id and issue number, in bytes. */
export function statedOf({ id, issue }: { id: string; issue: number }): Uint8Array {
  return concat(idBytes(id), Uint8Array.of(issue >> 8, issue & 0xff));
}

/** What of a key's id a code carries. */
export function shortKeyId(keyId: string): Uint8Array {
  return idBytes(keyId).subarray(-KEY_ID_BYTES);
}

function bytesOfCode(text: string): Uint8Array<ArrayBuffer> | undefined {
  const bytes = fromBase45(withItsSpace(text.trim()));
  if (bytes === undefined) return undefined;
  return bytes.length === BYTES_OF_VERSION.get(bytes[0]) ? bytes : undefined;
}

/** A code may begin with a space, which readers and forms like to cut off; none ends with one. */
function withItsSpace(text: string): string {
  // Both versions have an odd number of bytes, so two characters more than whole groups.
  return text.length % 3 === 1 ? ` ${text}` : text;
}

/** The ticket that a text names, if it has the form of a code; nothing of it is checked. */
export function namedTicket(text: string): string | undefined {
  return decodeTicketCode(text)?.ticketId;
}
