import type * as z from 'zod';
import { systemOnly, type WorkflowContext, workflow } from '../../kernel/index.ts';
import { Done, pieces } from '../pieces.ts';
import type { WebhookAnswer } from '../sender.ts';
import { claimWebhooks } from './claim.ts';
import { recordDeliveries } from './record-deliveries.ts';

/** Attempts under way at one endpoint, at most. */
const AT_ONCE = 16;
/** So long attempts are begun; well below the lease, and nobody waits longer for a slow receiver. */
const SENDING_MILLISECONDS = 10_000;

/** What comes of a letter that cannot be signed: it is not sent. */
const UNSIGNED: WebhookAnswer = {
  status: null,
  error: 'wrong_secret',
  response: null,
  retryAfterSeconds: null,
  milliseconds: 0,
};

type Parcel = z.output<(typeof claimWebhooks)['output']>['parcels'][number];
type Letter = Parcel['letters'][number];
type Attempt = WebhookAnswer & { readonly deliveryId: string };

export const deliverWebhooks = workflow({
  name: 'webhooks.deliver',
  summary:
    'Sends what is due to webhook endpoints. Two workers never send to one endpoint at once; each attempt may be repeated.',
  input: pieces(500),
  output: Done,
  allow: systemOnly,
  run: async (context, { limit }) => {
    const { parcels } = await context.callAsSystem(claimWebhooks, { limit });
    const counts = await Promise.all(
      parcels.map(async (parcel) => {
        const { endpointId, leasedUntil } = parcel;
        const attempts = await sendAll(context, parcel);
        await context.callAsSystem(recordDeliveries, { endpointId, leasedUntil, attempts });
        return attempts.length;
      }),
    );
    return { done: counts.reduce((sum, count) => sum + count, 0) };
  },
});

/**
 * Sends the letters of an endpoint: those of one queue one after another, several
 * queues side by side. It stops when one gets no answer at all, or after a
 * while: the rest is still due.
 */
async function sendAll({ sender, elapsed }: WorkflowContext, parcel: Parcel): Promise<Attempt[]> {
  const attempts: Attempt[] = [];
  const until = elapsed() + SENDING_MILLISECONDS;
  let down = false;
  const queues = [...Map.groupBy(parcel.letters, ({ queue }) => queue).values()];

  async function send({ deliveryId, headers, body }: Letter): Promise<void> {
    const answer =
      headers === null ? UNSIGNED : await sender.send({ url: parcel.url, headers, body });
    attempts.push({ deliveryId, ...answer });
    down ||= answer.status === null || answer.status === 410;
  }

  async function sendQueues(): Promise<void> {
    for (let queue = queues.shift(); queue !== undefined; queue = queues.shift()) {
      for (const letter of queue) {
        if (down || elapsed() > until) return;
        await send(letter);
      }
    }
  }

  await Promise.all(Array.from({ length: AT_ONCE }, sendQueues));
  return attempts;
}
