import { createHmac, timingSafeEqual } from 'node:crypto';
import type { ProviderMessage, WebhookReading, WebhookRequest } from '../provider.ts';

const HEADER = 'sandbox-signature';
const utf8 = new TextDecoder('utf-8', { fatal: true });

/**
 * A webhook of the sandbox, for tests and demos: hand it to `payments.receive`, or post
 * it to the server. The sandbox keeps no state, so it sends none by itself: what
 * is told, how often and in which order is up to who calls this.
 *
 * @param secret the one that `sandboxProvider` was given
 */
export function sandboxWebhook(
  secret: string,
  messages: readonly ProviderMessage[],
): { headers: Record<string, string>; body: string } {
  const body = JSON.stringify({ messages });
  const headers = { 'content-type': 'application/json', [HEADER]: signature(secret, body) };
  return { headers, body };
}

/** Reads a webhook that `sandboxWebhook` made with the same secret. */
export function readSandboxWebhook(
  secret: string,
  { headers, body }: WebhookRequest,
): WebhookReading {
  const given = Buffer.from(headers[HEADER] ?? '');
  const expected = Buffer.from(signature(secret, body));
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) {
    return { verified: false, reason: `the header ${HEADER} does not match the body` };
  }
  // The signature says that it is our own.
  const { messages }: { messages: ProviderMessage[] } = JSON.parse(utf8.decode(body));
  return { verified: true, messages };
}

function signature(secret: string, body: string | Uint8Array): string {
  return createHmac('sha256', secret).update(body).digest('hex');
}
