import type { Actor, HoldRecord, OperationName, OrderRecord } from '@ticketi/core';
import type { TestClock } from '../clock.ts';
import type { Bank } from './bank.ts';
import type { Chance } from './chance.ts';
import type { Journal, Kinds } from './journal.ts';
import { type Office, OWNER } from './office.ts';

/** A call that somebody is about to make. */
export interface Planned {
  readonly operation: OperationName;
  readonly actor: Actor;
  readonly input: object;
  /** What the caller remembers of the answer. */
  readonly learn?: (output: unknown) => void;
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
  readonly ticketCodes: string[];
  /** Check-in lists, with how often a place may come in. */
  readonly checkinLists: Map<string, number>;
}

/**
 * Something that actors do, as often as it weighs among all of them. `plan` says
 * what would be called now, or nothing where there is nothing to do it to; several
 * calls are made at the same moment.
 */
export interface Action {
  readonly weight: number;
  readonly plan: (world: World) => Planned | readonly Planned[] | undefined;
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
