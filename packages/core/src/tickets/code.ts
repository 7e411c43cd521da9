import { idBytes, idFromBytes } from '../kernel/index.ts';
import { KEY_ID_BYTES, shortKeyId } from '../organizers/index.ts';
import { fromBase45, toBase45 } from './base45.ts';

/**
 * The code of a ticket: what the QR shows. In bytes
 *
 *     version 1 | key id 8 | ticket id 16 | issue number 2 | Ed25519 signature 64
 *
 * and the whole in Base45: 137 characters, a small alphanumeric QR. The
 * signature covers the context string and all bytes before it. Ed25519 is
 * deterministic, so the code is made when it is asked for and stored nowhere.
 */
export interface TicketCode {
  readonly keyId: Uint8Array;
  readonly ticketId: string;
  readonly issue: number;
  readonly signature: Uint8Array;
  /** What the signature covers. */
  readonly message: Uint8Array;
}

const VERSION = 1;
const CONTEXT = new TextEncoder().encode('ticketi/ticket-code/v1\n');
const TICKET_AT = 1 + KEY_ID_BYTES;
const ISSUE_AT = TICKET_AT + 16;
const BODY_BYTES = ISSUE_AT + 2;
const SIGNATURE_BYTES = 64;
/** In Base45; the first character may be a space, which readers and forms like to cut off. */
const CODE_LENGTH = Math.ceil(((BODY_BYTES + SIGNATURE_BYTES) * 3) / 2);

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
  body[0] = VERSION;
  body.set(shortKeyId(ticket.keyId), 1);
  body.set(idBytes(ticket.id), TICKET_AT);
  body[ISSUE_AT] = ticket.issue >> 8;
  body[ISSUE_AT + 1] = ticket.issue & 0xff;
  return toBase45(concat(body, sign(concat(CONTEXT, body))));
}

/** The parts of a code; undefined when it has not the form of one. It verifies nothing. */
export function decodeTicketCode(text: string): TicketCode | undefined {
  const bytes = fromBase45(text.trim().padStart(CODE_LENGTH));
  if (bytes === undefined || bytes.length !== BODY_BYTES + SIGNATURE_BYTES) return undefined;
  if (bytes[0] !== VERSION) return undefined;
  const body = bytes.subarray(0, BODY_BYTES);
  return {
    keyId: body.subarray(1, TICKET_AT),
    ticketId: idFromBytes('tkt', body.subarray(TICKET_AT, ISSUE_AT)),
    issue: (body[ISSUE_AT] ?? 0) * 256 + (body[ISSUE_AT + 1] ?? 0),
    signature: bytes.subarray(BODY_BYTES),
    message: concat(CONTEXT, body),
  };
}

function concat(first: Uint8Array, second: Uint8Array): Uint8Array {
  const joined = new Uint8Array(first.length + second.length);
  joined.set(first);
  joined.set(second, first.length);
  return joined;
}
