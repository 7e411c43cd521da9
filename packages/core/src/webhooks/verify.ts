import type { TicketiEvent } from './event.ts';
import { machineMillis } from './receiver-clock.ts';

export type { EventType } from './catalogue.ts';
export type { TicketiEvent } from './event.ts';

/** Why a webhook was not taken as genuine. */
export type WebhookProblem =
  | 'missing_header'
  | 'invalid_timestamp'
  | 'too_old'
  | 'too_new'
  | 'wrong_signature'
  | 'invalid_secret'
  | 'invalid_body';

/** Thrown by `verifyWebhook`: answer it with status 400, and act on nothing. */
export class WebhookVerificationError extends Error {
  override readonly name = 'WebhookVerificationError';
  readonly code: WebhookProblem;
  constructor(message: string, { code, ...options }: ErrorOptions & { code: WebhookProblem }) {
    super(message, options);
    this.code = code;
  }
}

export interface VerifyOptions {
  /** How far the sender's clock and this one may be apart, in seconds. Default 300. */
  readonly toleranceSeconds?: number;
  /** Milliseconds since 1970-01-01 UTC. Default: this machine's clock. */
  readonly now?: () => number;
}

/** What the headers of a request are in: a `Headers`, or an object as Node has it. */
export type WebhookHeaders =
  | { get(name: string): string | null }
  | Readonly<Record<string, string | readonly string[] | undefined>>;

const PREFIX = 'whsec_';
const encoder = new TextEncoder();

/**
 * Checks that a webhook comes from who knows the secret, and is no replay of an
 * old one, and gives what it says. Runs wherever there is WebCrypto: Node,
 * browsers, workers. Comparisons take the same time whatever is given.
 *
 * @param payload the body, byte for byte as it came: not parsed and written again
 * @param secrets the endpoint's `whsec_…`; several while one is replaced by another
 * @throws WebhookVerificationError with a `code`
 */
export async function verifyWebhook(
  payload: string | Uint8Array<ArrayBuffer>,
  headers: WebhookHeaders,
  secrets: string | readonly string[],
  { toleranceSeconds = 300, now = machineMillis }: VerifyOptions = {},
): Promise<TicketiEvent> {
  const id = headerOf(headers, 'webhook-id');
  const timestamp = headerOf(headers, 'webhook-timestamp');
  const given = headerOf(headers, 'webhook-signature');
  checkTime(timestamp, Math.floor(now() / 1000), toleranceSeconds);

  const body = typeof payload === 'string' ? encoder.encode(payload) : payload;
  const head = encoder.encode(`${id}.${timestamp}.`);
  const signed = new Uint8Array(head.length + body.length);
  signed.set(head);
  signed.set(body, head.length);

  const signatures = given
    .split(' ')
    .flatMap((one) => (one.startsWith('v1,') ? [bytesOf(one.slice(3))] : []));
  let genuine = false;
  for (const secret of typeof secrets === 'string' ? [secrets] : secrets) {
    const key = await keyOf(secret);
    for (const signature of signatures) {
      // WebCrypto compares in constant time, and every pair is compared.
      const fits =
        signature !== undefined && (await crypto.subtle.verify('HMAC', key, signature, signed));
      genuine = fits || genuine;
    }
  }
  if (!genuine) {
    throw new WebhookVerificationError(
      'No signature of the webhook fits: it was changed on the way, or signed with another secret.',
      { code: 'wrong_signature' },
    );
  }
  return parsed(new TextDecoder().decode(body));
}

function headerOf(headers: WebhookHeaders, name: string): string {
  const value =
    'get' in headers && typeof headers.get === 'function'
      ? headers.get(name)
      : Object.entries(headers).find(([key]) => key.toLowerCase() === name)?.[1];
  if (typeof value === 'string' && value !== '') return value;
  throw new WebhookVerificationError(`The webhook has no header ${name}.`, {
    code: 'missing_header',
  });
}

function checkTime(timestamp: string, now: number, tolerance: number): void {
  if (!/^\d{1,12}$/.test(timestamp)) {
    throw new WebhookVerificationError('webhook-timestamp is no Unix time.', {
      code: 'invalid_timestamp',
    });
  }
  const age = now - Number(timestamp);
  if (age > tolerance) {
    throw new WebhookVerificationError(`The webhook is ${age} s old: a replay?`, {
      code: 'too_old',
    });
  }
  if (age < 0 - tolerance) {
    throw new WebhookVerificationError(`The webhook is ${0 - age} s in the future.`, {
      code: 'too_new',
    });
  }
}

function keyOf(secret: string) {
  const bytes = bytesOf(secret.startsWith(PREFIX) ? secret.slice(PREFIX.length) : secret);
  if (bytes === undefined || bytes.length === 0) {
    throw new WebhookVerificationError('The secret is not whsec_ and base64.', {
      code: 'invalid_secret',
    });
  }
  const hmac = { name: 'HMAC', hash: 'SHA-256' };
  return crypto.subtle.importKey('raw', bytes, hmac, false, ['verify']);
}

/** Base64 to bytes; undefined when it is none. */
function bytesOf(base64: string): Uint8Array<ArrayBuffer> | undefined {
  try {
    return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
  } catch {
    return undefined;
  }
}

/** A body that is signed was written by Ticketi: its form is that of the catalogue. */
function parsed(text: string): TicketiEvent {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new WebhookVerificationError('The body of the webhook is no JSON.', {
      code: 'invalid_body',
      cause,
    });
  }
}
