import type { Actor, HoldRecord, OperationName, OrderRecord, Surface } from '@ticketi/core';
import type { TestClock } from '../clock.ts';
import type { Bank } from './bank.ts';
import type { Chance } from './chance.ts';
import type { KnownCode } from './codes.ts';
import type { Device } from './device.ts';
import type { Journal, Kinds } from './journal.ts';
import type { Listener } from './listener.ts';
import { type Office, OWNER } from './office.ts';

/** A call that somebody is about to make. */
export interface Planned {
  readonly operation: OperationName;
  readonly actor: Actor;
  readonly input: object;
  /** What the caller remembers of the answer. */
  readonly learn?: (output: unknown) => void;
}

/** Something that happens away from Ticketi: neither a database nor a provider is asked. */
export interface Aside {
  /** A name for it, as an operation has one. */
  readonly aside: string;
  /** What it is about, for the log. */
  readonly about: string;
  /** Lets it happen, and says how it came out. */
  readonly happen: () => Promise<string>;
}

/** What the actors know, and what they act on. */
export interface World {
  readonly chance: Chance;
  readonly clock: TestClock;
  readonly journal: Journal;
  readonly bank: Bank;
  readonly office: Office;
  /** Tokens that guests were given, by their hold or transfer. */
  readonly tokens: Map<string, string>;
  /** Codes of gift cards that somebody was told, by card. */
  readonly cardCodes: Map<string, string>;
  /** Codes of offers that somebody was sent, by offer. */
  readonly offerCodes: Map<string, string>;
  /** Codes of tickets that somebody has, also of those who gave the ticket away. */
  readonly ticketCodes: KnownCode[];
  /** Check-in lists, with how often a place may come in. */
  readonly checkinLists: Map<string, number>;
  /** Devices that have a bundle along, in the order in which they got it. */
  readonly devices: Device[];
  /** Devices that ask for revocations. */
  readonly listeners: readonly Listener[];
}

/**
 * Something that actors do, as often as it weighs among all of them. `plan` says
 * what would be called now, or nothing where there is nothing to do it to; several
 * calls are made at the same moment.
 */
export interface Action {
  readonly weight: number;
  readonly plan: (world: World) => Planned | readonly Planned[] | Aside | undefined;
}

const USERS = 7;

/** A signed-in buyer or, in one of four cases, somebody without an account. */
export function visitor({ chance }: World): Actor {
  return chance.percent(25)
    ? { type: 'anonymous' }
    : { type: 'user', id: `user${chance.between(1, USERS)}` };
}

export function buyerOf(actor: Actor, chance: Chance): { name: string; email: string } {
  const name = actor.type === 'user' ? actor.id : `guest${chance.below(6)}`;
  return { name, email: `${name}@example.com` };
}

/** Whose hold it is; a guest who never heard of it asks the organizer. */
export function holderOf({ tokens }: World, hold: Pick<HoldRecord, 'id' | 'userId'>): Actor {
  if (hold.userId !== null) return { type: 'user', id: hold.userId };
  const token = tokens.get(hold.id);
  return token === undefined ? OWNER : { type: 'guest', token };
}

export function buyerOfOrder(world: World, order: OrderRecord): Actor {
  return holderOf(world, { id: order.holdId, userId: order.userId });
}

/** One of the committed records that are so; undefined when there is none. */
export function some<Kind extends keyof Kinds>(
  { chance, journal }: World,
  kind: Kind,
  isSo: (row: Kinds[Kind]) => boolean = () => true,
): Kinds[Kind] | undefined {
  return chance.pick([...journal.books[kind].values()].filter(isSo));
}

/** An answer's text field, for callers that know what they called. */
export function textIn(output: unknown, name: string): string | undefined {
  const value: unknown =
    typeof output === 'object' && output !== null ? Reflect.get(output, name) : undefined;
  return typeof value === 'string' ? value : undefined;
}

type Answer<Call> = Call extends (...input: never[]) => Promise<infer Output> ? Output : never;
export type RevocationDelta = Answer<Surface['tickets']['revocations']>;

/** An answer, for callers that know what they called, by a field that only it has. */
export function isAnswer<Output>(output: unknown, field: keyof Output): output is Output {
  return typeof output === 'object' && output !== null && field in output;
}

/** When an event was cancelled; undefined: it was not. */
export function cancelledAt({ outbox }: Journal, eventId: string): string | undefined {
  const facts = [...outbox.values()];
  return facts.find(({ type, subject }) => type === 'event.cancelled' && subject === eventId)?.at;
}
