import * as z from 'zod';
import { type Instant, InstantInput, parseInput } from '../kernel/index.ts';
import type { EventType } from './catalogue.ts';
import { EVENT_TYPES, type TicketiEvent } from './event.ts';

/** Of a durable subscriber, in every process. */
export const SubscriberName = z.string().min(1).max(100);
/** Where one begins of which nothing is known yet. */
export const Beginning = z.union([z.enum(['now', 'start']), InstantInput], {
  error: 'Give now, start or an instant with its offset, as 2027-07-10T18:00:00Z.',
});
const Options = z.object({ name: SubscriberName.optional(), from: Beginning.default('now') });

/** Called with each fact of the types that were asked for, one at a time. */
export type EventHandler<Type extends EventType = EventType> = (
  event: TicketiEvent<Type>,
) => unknown;

export interface SubscribeOptions {
  /**
   * Makes it durable: under this name the database keeps how far it has come. It
   * has the same name in every process that does the same work. 1 to 100 characters.
   */
  name?: string;
  /**
   * Where a durable one begins the first time: `now` (default: the moment of
   * `on`), `start` (all that is still there), or an instant with `Z` or an offset.
   * Ignored when the name is known already.
   */
  from?: 'now' | 'start' | Instant;
  /** Told when the handler throws. */
  onError?: (error: unknown, event: TicketiEvent) => void;
}

/**
 * `ticketi.on`. What it returns ends the subscription in this process.
 *
 * @throws TicketiError `invalid_input` where `name` or `from` is not valid
 * @throws RangeError where this process has a subscriber of this name
 */
export type Subscribe = <Type extends EventType = EventType>(
  types: Type | readonly Type[] | '*',
  handler: EventHandler<Type>,
  options?: SubscribeOptions,
) => () => void;

/** A handler of this process. */
export interface Subscription {
  /** undefined: it is not durable. */
  readonly name: string | undefined;
  readonly from: 'now' | 'start' | Instant;
  /** When it was made; one that is not durable gets what began later. */
  readonly since: Instant;
  wants(type: string): boolean;
  handle(event: TicketiEvent): Promise<void>;
  /** How far one that is not durable has come; undefined: it has not begun. */
  position: number | undefined;
}

export interface Subscribers {
  readonly on: Subscribe;
  all(): readonly Subscription[];
}

export function createSubscribers(now: () => Instant): Subscribers {
  const subscriptions = new Set<Subscription>();
  return {
    all: () => [...subscriptions],
    on(types, handler, { onError, ...options } = {}) {
      const { name, from } = parseInput(Options, 'ticketi.on', options);
      const wanted: ReadonlySet<string> = new Set(
        types === '*' ? EVENT_TYPES : typeof types === 'string' ? [types] : types,
      );
      if (name !== undefined && [...subscriptions].some((other) => other.name === name)) {
        throw new RangeError(`There is a subscriber ${name} already.`);
      }
      const subscription: Subscription = {
        name,
        from,
        since: now(),
        position: undefined,
        wants: (type) => types === '*' || wanted.has(type),
        async handle(event) {
          try {
            // What it wants was asked before: its type is one of the handler's.
            await (handler as EventHandler)(event);
          } catch (error) {
            onError?.(error, event);
            throw error;
          }
        },
      };
      subscriptions.add(subscription);
      return () => void subscriptions.delete(subscription);
    },
  };
}
