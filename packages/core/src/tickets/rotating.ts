import { concat } from './octets.ts';

/**
 * What a rotating code has behind its static part: for how long it is good, and
 * proof that whoever showed it has the ticket's secret. In bytes
 *
 *     step 4 | first bytes of an HMAC-SHA-256 8
 *
 * The arithmetic is that of RFC 6238: a step is the number of whole 15 seconds
 * since 1970. The step travels along, so a door can tell late from forged.
 */
export interface RotatingPart {
  readonly step: number;
  readonly mac: Uint8Array;
  /** What the HMAC under the ticket's secret covers. */
  readonly message: Uint8Array<ArrayBuffer>;
  /** What the HMAC under the door key covers, which is the ticket's secret. */
  readonly secretOf: Uint8Array<ArrayBuffer>;
}

export const STEP_SECONDS = 15;
/** Steps that the clocks of a telephone and a door may be apart. */
const DRIFT_STEPS = 1;

const STEP_BYTES = 4;
export const MAC_BYTES = 8;
export const ROTATING_BYTES = STEP_BYTES + MAC_BYTES;

const encoder = new TextEncoder();
const CODE_CONTEXT = encoder.encode('ticketi/ticket-code/v2\n');
const SECRET_CONTEXT = encoder.encode('ticketi/ticket-secret/v2\n');

/** The step at an instant, in milliseconds since 1970. */
export function stepAt(millis: number): number {
  return Math.floor(millis / (STEP_SECONDS * 1000));
}

/** Whether a code of a step is good at an instant. */
export function isTimely(step: number, millis: number): boolean {
  return Math.abs(step - stepAt(millis)) <= DRIFT_STEPS;
}

/** What the HMAC of a rotating code covers: its bytes up to there. */
export function rotatingMessage(head: Uint8Array, step: number): Uint8Array<ArrayBuffer> {
  return concat(CODE_CONTEXT, head, stepBytes(step));
}

/** The bytes of a rotating code, once its HMAC is known. */
export function withRotatingPart(
  head: Uint8Array,
  step: number,
  mac: Uint8Array,
): Uint8Array<ArrayBuffer> {
  return concat(head, stepBytes(step), mac.subarray(0, MAC_BYTES));
}

/** @param stated the ticket id and issue number of the code */
export function readRotatingPart(bytes: Uint8Array, stated: Uint8Array): RotatingPart {
  const stepAtByte = bytes.length - ROTATING_BYTES;
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  return {
    step: view.getUint32(stepAtByte),
    mac: bytes.subarray(-MAC_BYTES),
    message: concat(CODE_CONTEXT, bytes.subarray(0, -MAC_BYTES)),
    secretOf: secretMessage(stated),
  };
}

/** What a ticket's secret is the HMAC of, under the door key of its event. */
export function secretMessage(stated: Uint8Array): Uint8Array<ArrayBuffer> {
  return concat(SECRET_CONTEXT, stated);
}

function stepBytes(step: number): Uint8Array {
  const bytes = new Uint8Array(STEP_BYTES);
  new DataView(bytes.buffer).setUint32(0, step);
  return bytes;
}
