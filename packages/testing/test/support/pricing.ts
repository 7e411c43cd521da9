import type { Hold, Order, Quote, Surface, Ticket, Ticketi } from '@ticketi/core';
import { expect } from 'vitest';
import type { BoxOffice } from '../../src/index.ts';
import type { TestBase } from './databases.ts';

type Input<Call> = Call extends (input: infer Given, ...rest: never[]) => unknown
  ? NonNullable<Given>
  : never;
export type TypeFacts = Partial<Omit<Input<Surface['ticketTypes']['create']>, 'eventId'>>;

/** A type of the event at 50.00 that draws on its pool, with what a test gives it. */
export function aType(ticketi: Ticketi, { event, pool }: BoxOffice, facts: TypeFacts = {}) {
  return ticketi.ticketTypes.create({
    name: 'Tiered',
    price: 5000,
    draws: facts.parts || facts.seating ? [] : [{ poolId: pool.id }],
    ...facts,
    eventId: event.id,
  });
}

/** What of a quote a test of prices looks at: how many at what price, and of which tier. */
export function pricesIn({ lines }: Pick<Quote, 'lines'>): (string | number)[][] {
  return lines.map(({ quantity, unitPrice, tier }) => [
    quantity,
    unitPrice,
    ...(tier === undefined ? [] : [tier.name]),
  ]);
}

/** Nothing contradicts anything: every check of the doctor, the ledger among them. */
export async function expectSound(ticketi: Ticketi): Promise<void> {
  const { checks } = await ticketi.diagnose();
  expect(checks.filter(({ ok }) => !ok)).toEqual([]);
}

/** What tickets cost, with their fees, and what of the total is no ticket's. */
export function paidFor(tickets: readonly Ticket[]): number {
  return tickets.reduce((sum, { price, fee }) => sum + price + fee, 0);
}

/** Every line sums, and the lines sum to the total. */
export function expectSums({ quote }: Pick<Hold | Order, 'quote'>): void {
  for (const line of quote.lines) {
    expect(line.subtotal).toBe(line.unitPrice * line.quantity);
    const onTop = quote.taxIncluded ? 0 : line.tax;
    expect(line.total).toBe(
      line.subtotal - line.discount + line.fee + onTop + (line.rounding ?? 0),
    );
  }
  const sum = quote.lines.reduce((total, line) => total + line.total, 0);
  expect(quote.total).toBe(sum + quote.rounding);
}

/** Counters and claims of a database, but for counters of which nothing is claimed. */
export async function claimedIn(base: TestBase): Promise<{ counters: string[]; claims: string[] }> {
  const contents = await base.contents();
  const counters = (contents.get('counters') ?? []).filter((row) => !/"claimed":0\b/.test(row));
  return { counters, claims: [...(contents.get('claims') ?? [])] };
}
