import type * as z from 'zod';
import { type EventType, eventTypes } from './catalogue.ts';

/** A fact of one type, as consumers get it and as it goes to webhooks. */
interface EventOfType<Type extends EventType> {
  /** The outbox entry's id, and the `webhook-id` of each attempt: the same fact has the same one. */
  readonly id: string;
  readonly type: Type;
  /** The version of the form of `data`. */
  readonly version: number;
  /** When it happened: a UTC instant. */
  readonly timestamp: string;
  readonly organizerId: string | null;
  readonly eventId: string | null;
  readonly data: z.output<(typeof eventTypes)[Type]['data']>;
}

/** Any fact; `type` tells which, and so what `data` is. With a type: facts of that one. */
export type TicketiEvent<Type extends EventType = EventType> = {
  readonly [Each in Type]: EventOfType<Each>;
}[Type];

/** The names of all types of facts, in the order of the catalogue. */
export const EVENT_TYPES = Object.keys(eventTypes) as readonly EventType[];

/** JSON Schema (2020-12) of the `data` of one type of facts. */
export function eventSchema(type: EventType): object {
  return eventTypes[type].data.toJSONSchema({ io: 'output', unrepresentable: 'any' });
}
