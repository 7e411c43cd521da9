import type { Ticketi } from '@ticketi/core';
import { aBoxOffice, aPaidOrder, type BoxOffice } from '../../src/index.ts';
import { call } from './crowd.ts';
import { field, type Race, strange, times, wins } from './race.ts';

const system = { type: 'system' } as const;

/** A box office that issues invoices, and sells as many tickets as anybody wants. */
export async function anInvoicingOffice(ticketi: Ticketi): Promise<BoxOffice> {
  const office = await aBoxOffice(ticketi, { capacity: null });
  await ticketi.invoices.setIssuer({
    organizerId: office.organizer.id,
    legalName: 'Summer Fest e.V.',
    address: { country: 'DE' },
    timezone: 'Europe/Berlin',
  });
  return office;
}

/** Ids of paid orders without an invoice. */
export async function paidOrders(ticketi: Ticketi, office: BoxOffice, count: number) {
  const paid = await Promise.all(times(count, () => aPaidOrder(ticketi, office)));
  return paid.map(({ order }) => order.id);
}

/** The numbers of an organizer's invoices that are missing or there twice, and how many there are. */
export async function numbersOf(ticketi: Ticketi, organizerId: string) {
  const sequences: number[] = [];
  const filter = { organizerId, kind: 'invoice', limit: 200 } as const;
  for await (const { sequence } of ticketi.invoices.iterate(filter)) sequences.push(sequence);
  const distinct = new Set(sequences);
  const doubles = sequences.length - distinct.size;
  const gaps = Math.max(0, ...sequences) - distinct.size;
  return { count: sequences.length, wrong: doubles + gaps };
}

export const gaplessNumbers: Race = {
  name: '20 orders, each invoiced three times at once: numbers without a gap or a double',
  expected: 0,
  async run({ ticketi, clock, crowd }) {
    const office = await anInvoicingOffice(ticketi);
    const orderIds = await paidOrders(ticketi, office, 20);
    const outcomes = await crowd.race(
      times(60, (n) => call('invoices.issue', system, { orderId: orderIds[n % 20] ?? '' })),
      clock.now(),
    );
    const { count, wrong } = await numbersOf(ticketi, office.organizer.id);
    const lost = wrong > 0 ? [] : strange(outcomes);
    if (wrong === 0 && count !== 20) lost.push(`${count} invoices`);
    return { count: wrong, strange: lost };
  },
};

export const oneInvoice: Race = {
  name: 'an order that is invoiced 20 times at once: one invoice, which all of them get',
  expected: 1,
  async run({ ticketi, clock, crowd }) {
    const office = await anInvoicingOffice(ticketi);
    const [orderId = ''] = await paidOrders(ticketi, office, 1);
    const outcomes = await crowd.race(
      times(20, () => call('invoices.issue', system, { orderId })),
      clock.now(),
    );
    const lost = strange(outcomes);
    const given = new Set(wins(outcomes).map((invoice) => field(invoice, 'id')));
    const { items } = await ticketi.invoices.list({ orderId });
    if (items.length === 1 && given.size !== 1) lost.push(`${given.size} were given`);
    return { count: items.length, strange: lost };
  },
};

export const oneCredit: Race = {
  name: 'an invoice that is credited in full 20 times at once: once',
  expected: 1,
  async run({ ticketi, clock, crowd }) {
    const office = await anInvoicingOffice(ticketi);
    const [orderId = ''] = await paidOrders(ticketi, office, 1);
    const { id: invoiceId, total } = await ticketi.invoices.issue({ orderId });
    const outcomes = await crowd.race(
      times(20, () => call('invoices.credit', system, { invoiceId, reason: 'Wrong name' })),
      clock.now(),
    );
    const lost = strange(outcomes, 'credit_above_invoice');
    const won = wins(outcomes).length;
    const { credited } = await ticketi.invoices.get({ invoiceId });
    if (won === 1 && credited !== total) lost.push(`${credited} of ${total} are credited`);
    return { count: won, strange: lost };
  },
};
