import * as z from 'zod';
import { everyone, workflow } from '../../kernel/index.ts';
import { unknownProvider } from '../../orders/index.ts';
import { providerOf, sendBack } from '../effects.ts';
import type { PaymentProvider, WebhookReading, WebhookRequest } from '../provider.ts';
import { webhookNotVerified, webhooksNotRead } from '../refusals.ts';
import { recordMessage } from './record-message.ts';

export const receiveWebhook = workflow({
  name: 'payments.receive',
  summary:
    'Takes in a webhook of a payment provider. Its signature is the proof of who sent it; what came before changes nothing.',
  input: z.strictObject({
    provider: z.string().min(1).max(50),
    headers: z
      .record(z.string(), z.string())
      .default({})
      .meta({ description: 'As they came; in which case does not matter.' }),
    body: z.string().meta({ description: 'The body as it came, character for character (UTF-8).' }),
  }),
  output: z
    .object({
      messages: z.int().meta({ description: 'How many it held.' }),
      repeated: z.int().meta({ description: 'How many of them were known.' }),
      unmatched: z.int().meta({ description: 'How many were of no payment or refund of ours.' }),
    })
    .meta({ id: 'ReceivedWebhook' }),
  refusals: [unknownProvider, webhooksNotRead, webhookNotVerified],
  allow: everyone,
  run: async (context, { provider: name, headers, body }) => {
    const provider = providerOf(context, name);
    if (provider.parseWebhook === undefined) return webhooksNotRead({ provider: name });
    const request = {
      headers: Object.fromEntries(
        Object.entries(headers).map(([header, value]) => [header.toLowerCase(), value]),
      ),
      body: new TextEncoder().encode(body),
    };
    const reading = await readingOf(provider.parseWebhook.bind(provider), request);
    if (!reading.verified) return webhookNotVerified({ provider: name, why: reading.reason });
    const counts = { messages: reading.messages.length, repeated: 0, unmatched: 0 };
    for (const message of reading.messages) {
      const { outcome, repeated, refund } = await context.callAsSystem(recordMessage, {
        provider: name,
        message,
      });
      if (repeated) counts.repeated += 1;
      if (outcome === 'unmatched') counts.unmatched += 1;
      // What cannot be sent now is due, and sent by the worker.
      if (refund !== null) await sendBack(context, refund);
    }
    return counts;
  },
});

/** Anybody may send anything: a reader that stumbles over it has not verified it. */
async function readingOf(
  parse: NonNullable<PaymentProvider['parseWebhook']>,
  request: WebhookRequest,
): Promise<WebhookReading> {
  try {
    return await parse(request);
  } catch {
    return { verified: false, reason: 'it cannot be read' };
  }
}
