import type { Instant } from '../kernel/index.ts';
import { millisOf } from '../kernel/index.ts';
import { type SigningKeyRecord, verifyAside } from '../organizers/index.ts';
import { decodeTicketCode, shortKeyId, type TicketCode } from './code.ts';
import { type DoorRules, hmac } from './code-policy.ts';
import { sameBytes } from './octets.ts';
import { isTimely, MAC_BYTES, type RotatingPart } from './rotating.ts';

/** Why a code is not good, whatever became of its ticket. */
type CodeProblem =
  | 'unknown_code'
  | 'key_revoked'
  | 'bad_signature'
  | 'rotating_code_required'
  | 'code_expired';

/** What a code is, as far as it says itself. */
export type CheckedCode =
  | {
      readonly genuine: true;
      readonly ticketId: string;
      readonly issue: number;
      readonly keyId: string;
    }
  | { readonly genuine: false; readonly reason: CodeProblem };

type Genuine = Extract<CheckedCode, { genuine: true }>;

/** What a code is by its signature alone. */
export type SignedCheck =
  | (Genuine & { readonly keyRevokedAt: Instant | null })
  | Exclude<CheckedCode, Genuine>;

export interface CheckedWith {
  /** All keys of the organizer, revoked ones included. */
  readonly keys: readonly SigningKeyRecord[];
  readonly rules: DoorRules;
  readonly now: Instant;
}

/**
 * Checks a code as `@ticketi/core/verify` does, beside the database: without asking anything.
 * Signatures are checked on other threads, so those of a batch at once.
 */
export async function checkTicketCode(
  text: string,
  { keys, rules, now }: CheckedWith,
): Promise<CheckedCode> {
  const code = decodeTicketCode(text);
  if (code === undefined) return { genuine: false, reason: 'unknown_code' };
  const key = keys.find(({ id }) => sameBytes(shortKeyId(id), code.keyId));
  if (key === undefined) return { genuine: false, reason: 'unknown_code' };
  if (key.revokedAt !== null) return { genuine: false, reason: 'key_revoked' };
  const reason = await problemOf(code, key, rules, millisOf(now));
  if (reason !== undefined) return { genuine: false, reason };
  const { ticketId, issue } = code;
  return { genuine: true, ticketId, issue, keyId: key.id };
}

/**
 * Checks who signed a code that a door has judged already: under any key of the organizer, and
 * without the policy of its event, which may have changed since. Says when the key was revoked.
 */
export async function checkSignedCode(
  text: string,
  keys: CheckedWith['keys'],
): Promise<SignedCheck> {
  const code = decodeTicketCode(text);
  const key = code && keys.find(({ id }) => sameBytes(shortKeyId(id), code.keyId));
  if (code === undefined || key === undefined) return { genuine: false, reason: 'unknown_code' };
  const { message, signature, ticketId, issue } = code;
  if (!(await verifyAside(key, message, signature))) {
    return { genuine: false, reason: 'bad_signature' };
  }
  return { genuine: true, ticketId, issue, keyId: key.id, keyRevokedAt: key.revokedAt };
}

async function problemOf(
  { message, signature, rotating }: TicketCode,
  key: SigningKeyRecord,
  rules: DoorRules,
  now: number,
): Promise<CodeProblem | undefined> {
  if (!(await verifyAside(key, message, signature))) return 'bad_signature';
  if (rotating === null) return rules.rotating ? 'rotating_code_required' : undefined;
  if (!fits(rotating, rules.doorKey)) return 'bad_signature';
  return isTimely(rotating.step, now) ? undefined : 'code_expired';
}

function fits({ mac, message, secretOf }: RotatingPart, doorKey: string): boolean {
  const secret = hmac(Buffer.from(doorKey, 'base64url'), secretOf);
  return sameBytes(hmac(secret, message).subarray(0, MAC_BYTES), mac);
}
