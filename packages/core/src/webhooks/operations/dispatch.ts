import { storableText, systemOnly, type WorkflowContext, workflow } from '../../kernel/index.ts';
import { typed } from '../feed-event.ts';
import { Done, pieces } from '../pieces.ts';
import type { Subscription } from '../subscribers.ts';
import { claimFeed } from './claim-feed.ts';
import { readFeed } from './read-feed.ts';
import { recordFeed } from './record-feed.ts';

/** So long facts are handed out before how far it came is written down; well below the lease. */
const HANDLING_MILLISECONDS = 10_000;
/** Of an error's text so much is kept, in characters. */
const KEPT = 1000;

export const dispatchOutbox = workflow({
  name: 'outbox.dispatch',
  summary: 'Hands numbered facts to the subscribers of this process.',
  input: pieces(100),
  output: Done,
  allow: systemOnly,
  run: async (context, { limit }) => {
    let done = 0;
    const errors: unknown[] = [];
    for (const subscription of context.subscribers.all()) {
      const { name } = subscription;
      const handing =
        name === undefined
          ? passing(context, subscription, limit)
          : durable(context, subscription, name, limit);
      // One whose work fails is no reason to keep facts from the others.
      done += await handing.catch((error: unknown) => {
        errors.push(error);
        return 0;
      });
    }
    if (errors.length > 0) throw errors[0];
    return { done };
  },
});

/** One that is not durable: each fact once, whatever its handler makes of it. */
async function passing(
  context: WorkflowContext,
  subscription: Subscription,
  limit: number,
): Promise<number> {
  const before = subscription.position;
  const after = before ?? subscription.since;
  const { position, events } = await context.callAsSystem(readFeed, { after, limit });
  // Another call at the same time has read them, and hands them out.
  if (subscription.position !== before) return 0;
  subscription.position = position;
  for (const event of events) {
    if (event.timestamp < subscription.since || !subscription.wants(event.type)) continue;
    await subscription.handle(typed(event)).catch(() => {});
  }
  return events.length;
}

/** A durable one: at least once, in order within an event; what fails is kept and tried again. */
async function durable(
  context: WorkflowContext,
  subscription: Subscription,
  name: string,
  limit: number,
): Promise<number> {
  // Whoever begins now gets what happened since it came, not since its first turn.
  const from = subscription.from === 'now' ? subscription.since : subscription.from;
  const claimed = await context.callAsSystem(claimFeed, { name, from, limit });
  const { leasedUntil } = claimed;
  if (leasedUntil === null) return 0;
  const until = context.elapsed() + HANDLING_MILLISECONDS;
  const isOver = () => context.elapsed() > until;
  const handled: string[] = [];
  const failed: { failureId: string; error: string }[] = [];
  const fresh: { outboxId: string; queue: string; error: string | null }[] = [];
  /** Queues in which something fails: what comes later in them waits. */
  const stuck = new Set<string>();
  for (const { failureId, queue, event } of claimed.failures) {
    if (stuck.has(queue)) continue;
    if (isOver()) break;
    const error = await outcomeOf(subscription, event);
    if (error === undefined) handled.push(failureId);
    else {
      failed.push({ failureId, error });
      stuck.add(queue);
    }
  }
  let { position } = claimed;
  const held = new Set(claimed.held);
  for (const { queue, sequence, event } of claimed.events) {
    if (isOver()) break;
    position = sequence;
    if (!subscription.wants(event.type)) continue;
    const error = held.has(queue) ? null : await outcomeOf(subscription, event);
    if (error === undefined) continue;
    held.add(queue);
    fresh.push({ outboxId: event.id, queue, error });
  }
  const outcome = {
    ...{ name, leasedUntil, position, handled, failed, fresh },
    claimed: claimed.position,
  };
  return (await context.callAsSystem(recordFeed, outcome)).done;
}

/** Why a handler failed; undefined: it did not. */
async function outcomeOf(
  subscription: Subscription,
  event: Parameters<typeof typed>[0],
): Promise<string | undefined> {
  try {
    await subscription.handle(typed(event));
    return undefined;
  } catch (error) {
    return textOf(error);
  }
}

/** What was thrown, whatever it is, as a text that every database keeps. */
function textOf(error: unknown): string {
  let text = 'What the handler threw has no text.';
  try {
    text = String(error instanceof Error ? error.message : error);
  } catch {
    // Its own toString throws.
  }
  return storableText(text, KEPT);
}
