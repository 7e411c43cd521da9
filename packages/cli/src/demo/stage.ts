import {
  formatAmount,
  isTicketiError,
  type Surface,
  type Ticketi,
  type TicketiError,
} from '@ticketi/core';
import type { StoryClock } from './clock.ts';
import type { Narrator } from './narrator.ts';

/** What every chapter works with. */
export interface Stage {
  readonly ticketi: Ticketi;
  readonly clock: StoryClock;
  readonly tell: Narrator;
  /** The organizer's Nora: a user like the others, with a role. */
  readonly nora: Surface;
}

export interface Person {
  readonly name: string;
  readonly email: string;
  readonly as: Surface;
}

export function person(ticketi: Ticketi, name: string): Person {
  const id = name.toLowerCase();
  return { name, email: `${id}@example.com`, as: ticketi.as({ type: 'user', id }) };
}

/** What the first chapter set up for the others. */
export interface Catalogue {
  readonly organizerId: string;
  readonly eventId: string;
  readonly session: { readonly startsAt: string } | undefined;
  readonly standard: { readonly id: string; readonly name: string };
  readonly supporter: { readonly id: string; readonly name: string };
}

export const price = (amount: number): string => formatAmount(amount, 'EUR');

/** The refusal that a call got; undefined when it went through. Faults are thrown on. */
export async function refusalOf(call: Promise<unknown>): Promise<TicketiError | undefined> {
  try {
    await call;
    return undefined;
  } catch (error) {
    if (isTicketiError(error)) return error;
    throw error;
  }
}

export async function collect<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const item of items) all.push(item);
  return all;
}

/** How full the event's one pool is, as the organizer sees it. */
export async function showFill({ tell, nora }: Stage, eventId: string): Promise<number> {
  const { items } = await nora.pools.list({ eventId });
  const [pool] = items;
  if (pool === undefined) throw new Error(`Event ${eventId} has no pool.`);
  tell.fill(pool.name, pool.claimed, pool.capacity ?? 0);
  return pool.claimed;
}

/** Holds, places and pays in the sandbox, as buyers do; the tickets of the order come back. */
export async function buy(
  buyer: Person,
  eventId: string,
  items: { ticketTypeId: string; quantity: number }[],
  codes: string[] = [],
) {
  const hold = await buyer.as.holds.create({ eventId, items, codes });
  const placed = await buyer.as.orders.place({
    holdId: hold.id,
    buyer: { name: buyer.name, email: buyer.email },
    payment: { provider: 'sandbox' },
  });
  const order = await buyer.as.orders.pay({ orderId: placed.id, provider: 'sandbox' });
  const tickets = await collect(buyer.as.tickets.iterate({ orderId: order.id }));
  return { order, tickets };
}
