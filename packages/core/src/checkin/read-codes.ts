import { createHash } from 'node:crypto';
import { type SigningKeyRecord, verifyAside } from '../organizers/index.ts';
import { decodeTicketCode, shortKeyId } from '../tickets/index.ts';

/** What a text turned out to be, once its signature was checked. */
export type ReadCode =
  | { readonly genuine: true; readonly ticketId: string; readonly issue: number }
  | { readonly genuine: false; readonly reason: 'unknown_code' | 'bad_signature' };

/** The ticket that a text names, if it has the form of a code; nothing of it is checked. */
export function namedTicket(text: string): string | undefined {
  return decodeTicketCode(text)?.ticketId;
}

/** Checks texts with the keys of an organizer. */
export function readCodes(
  keys: readonly SigningKeyRecord[],
  texts: readonly string[],
): Promise<ReadCode[]> {
  return Promise.all(texts.map((text) => readCode(keys, text)));
}

async function readCode(keys: readonly SigningKeyRecord[], text: string): Promise<ReadCode> {
  const code = decodeTicketCode(text);
  const key = code && keys.find(({ id }) => Buffer.compare(shortKeyId(id), code.keyId) === 0);
  if (code === undefined || key === undefined) return { genuine: false, reason: 'unknown_code' };
  if (!(await verifyAside(key, code.message, code.signature))) {
    return { genuine: false, reason: 'bad_signature' };
  }
  return { genuine: true, ticketId: code.ticketId, issue: code.issue };
}

/** What ties a scan id to its code, without keeping the code. */
export function digestOf(code: string): string {
  return createHash('sha256').update(code.trim()).digest('base64url');
}
