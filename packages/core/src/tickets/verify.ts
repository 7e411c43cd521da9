import { toBase45 } from './base45.ts';
import type { TicketCode } from './code.ts';
import { decodeTicketCode, rotatingHead } from './code.ts';
import { fromBase64Url, sameBytes } from './octets.ts';
import { type PublicKey, publicKeysOf, type SigningKeySet } from './public-keys.ts';
import { type Revocation, revocationList } from './revocation-list.ts';
import {
  isTimely,
  MAC_BYTES,
  type RotatingPart,
  rotatingMessage,
  STEP_SECONDS,
  stepAt,
  withRotatingPart,
} from './rotating.ts';

export { namedTicket } from './code.ts';
export type { PublicKey, SigningKeySet } from './public-keys.ts';
export type { Revocation } from './revocation-list.ts';

/** Why a code is not good. */
export type CodeProblem =
  | 'unknown_code'
  | 'unknown_key'
  | 'key_revoked'
  | 'bad_signature'
  | 'rotating_code_required'
  | 'door_key_required'
  | 'code_expired'
  | 'revoked';

/** What a code turned out to be. `why` says, for `revoked`, what became of the ticket. */
export type Verified =
  | { readonly ok: true; readonly ticketId: string; readonly issue: number; readonly keyId: string }
  | {
      readonly ok: false;
      readonly reason: CodeProblem;
      readonly why: string | null;
      /** Of a code that is genuine and good no more; else null. */
      readonly ticketId: string | null;
    };

export interface VerifierOptions {
  /** The organizer's public set: the answer of `signingKeys.list`. */
  readonly keys: SigningKeySet;
  /** Codes that are worthless: answers of `tickets.revocations`, in order. Default: none. */
  readonly revocations?: readonly Revocation[];
  /**
   * How rotating codes are dealt with. `required`: codes that stay the same are
   * refused. `doorKey`: the event's, in base64url, without which no rotating code
   * can be checked. Default: not required, no key.
   */
  readonly rotating?: { readonly required: boolean; readonly doorKey?: string | null };
}

export interface Verifier {
  /**
   * Checks a code as it was scanned. It never throws, whatever is given.
   *
   * @param at.now milliseconds since 1970-01-01 UTC: rotating codes are good for some seconds
   */
  verify(code: string, at: { readonly now: number }): Promise<Verified>;
  /**
   * Takes more revocations in; those that are there already change nothing.
   *
   * @throws RangeError when some before them are missing: ask again `after: sequence`
   */
  revoke(revocations: readonly Revocation[]): void;
  /** Takes another public set in place of the last. */
  setKeys(keys: SigningKeySet): void;
  /** The number of the last revocation up to which none is missing: what to ask `after`. */
  readonly sequence: number;
}

/**
 * Checks ticket codes without a database and without a network: wherever there is
 * WebCrypto with Ed25519 (Node 22, browsers of 2025, workers). A code that is
 * good was signed by the organizer and is not on the list; who came in with it
 * before, and to which event it belongs, is not in it (docs/ticket-codes.md).
 *
 * @throws RangeError when a key is none, or revocations are missing
 */
export function createVerifier({ keys, revocations = [], rotating }: VerifierOptions): Verifier {
  let known = publicKeysOf(keys);
  const list = revocationList(revocations);
  const doorKey = rotating?.doorKey ? hmacKey(fromBase64Url(rotating.doorKey)) : undefined;

  async function problemOf(
    code: TicketCode,
    key: PublicKey,
    now: number,
  ): Promise<CodeProblem | undefined> {
    const { signature, message } = code;
    const genuine = await crypto.subtle.verify('Ed25519', await key.imported(), signature, message);
    if (!genuine) return 'bad_signature';
    if (code.rotating === null) return rotating?.required ? 'rotating_code_required' : undefined;
    if (doorKey === undefined) return 'door_key_required';
    if (!(await fits(code.rotating, await doorKey))) return 'bad_signature';
    return isTimely(code.rotating.step, now) ? undefined : 'code_expired';
  }

  return {
    async verify(text, { now }) {
      const code = decodeTicketCode(text);
      if (code === undefined) return refused('unknown_code');
      const key = known.find(code.keyId);
      if (key === undefined)
        return refused(known.wasRevoked(code.keyId) ? 'key_revoked' : 'unknown_key');
      const problem = await problemOf(code, key, now);
      if (problem !== undefined) {
        return refused(problem, problem === 'code_expired' ? code.ticketId : null);
      }
      const { ticketId, issue } = code;
      const revoked = list.find(ticketId);
      if (revoked !== undefined) return refused('revoked', ticketId, revoked.reason);
      return { ok: true, ticketId, issue, keyId: key.kid };
    },
    revoke: list.add,
    setKeys(next) {
      known = publicKeysOf(next);
    },
    get sequence() {
      return list.sequence();
    },
  };
}

/**
 * The rotating code of this moment, as the holder's application shows it.
 *
 * @param ticket the answer of `tickets.code`: its `code`, and the `secret` of its `rotating`
 * @param at.now milliseconds since 1970-01-01 UTC
 * @throws RangeError when `code` is none
 */
export async function rotatingCode(
  { code, secret }: { readonly code: string; readonly secret: string },
  { now }: { readonly now: number },
): Promise<{ code: string; changesInSeconds: number }> {
  const head = rotatingHead(code);
  if (head === undefined) throw new RangeError('The code is not that of a ticket.');
  const step = stepAt(now);
  const key = await hmacKey(fromBase64Url(secret));
  const mac = await hmac(key, rotatingMessage(head, step));
  return {
    code: toBase45(withRotatingPart(head, step, mac)),
    changesInSeconds: (step + 1) * STEP_SECONDS - now / 1000,
  };
}

async function fits(
  { mac, message, secretOf }: RotatingPart,
  doorKey: Awaited<ReturnType<typeof hmacKey>>,
): Promise<boolean> {
  const secret = await hmacKey(await hmac(doorKey, secretOf));
  return sameBytes((await hmac(secret, message)).subarray(0, MAC_BYTES), mac);
}

function hmacKey(bytes: Uint8Array<ArrayBuffer>) {
  return crypto.subtle.importKey('raw', bytes, { name: 'HMAC', hash: 'SHA-256' }, false, ['sign']);
}

async function hmac(
  key: Awaited<ReturnType<typeof hmacKey>>,
  message: Uint8Array<ArrayBuffer>,
): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await crypto.subtle.sign('HMAC', key, message));
}

function refused(
  reason: CodeProblem,
  ticketId: string | null = null,
  why: string | null = null,
): Verified {
  return { ok: false, reason, why, ticketId };
}
