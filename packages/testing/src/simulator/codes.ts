import { createHash } from 'node:crypto';

/** The code of a ticket that somebody was given; the ticket may be void by now. */
export interface KnownCode {
  readonly code: string;
  readonly ticketId: string;
  readonly keyId: string;
  /** As scans keep it. */
  readonly digest: string;
}

/** What somebody shows at a door. */
export type ShownCode =
  | { readonly kind: 'given'; readonly code: string; readonly known: KnownCode }
  /** With the ticket of one code, and the signature of another. */
  | { readonly kind: 'forged'; readonly code: string; readonly known: KnownCode }
  /** Of an organizer whom nobody here knows. */
  | { readonly kind: 'stranger'; readonly code: string };

/** The first one of docs/vectors/ticket-codes.json. */
const STRANGER =
  'O80000000000H-3W9J000M20%20000000000000+70NZSPT22X5*VP5O074HQ-USECTCV6EKOF2.NDCLJRAJHQ7KRIBBH8MRNXL 21ITGDL07.5Y-Q*8IL+OA6O4W4DTDX-7GI0C0';

const LENGTH = STRANGER.length;
/** Version, key and ticket, in pairs of bytes. */
const HEAD = 39;

export function knownCode({ code, ticketId, keyId }: Omit<KnownCode, 'digest'>): KnownCode {
  const digest = createHash('sha256').update(code.trim()).digest('base64url');
  return { code, ticketId, keyId, digest };
}

export const given = (known: KnownCode): ShownCode => ({ kind: 'given', code: known.code, known });

export const stranger: ShownCode = { kind: 'stranger', code: STRANGER };

export function forged(known: KnownCode, { code }: KnownCode): ShownCode {
  const head = known.code.padStart(LENGTH, ' ').slice(0, HEAD);
  return { kind: 'forged', code: head + code.padStart(LENGTH, ' ').slice(HEAD), known };
}
