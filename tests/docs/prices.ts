import { createTicketi } from '@ticketi/core';
import { sqlite } from '@ticketi/storage/sqlite';

/** What a row of the page says comes out. */
interface Outcome {
  readonly row: string;
  readonly discount: number;
  readonly fee: number;
  readonly total: number;
}

interface Vector {
  readonly said: Outcome;
  computed(): Promise<Outcome>;
}

/** The rows of the table after `<!-- vectors -->`. */
export function priceVectors(page: string): Vector[] {
  const [, after = ''] = page.split('<!-- vectors -->');
  const [, ...lines] = after.trim().split('\n\n')[0]?.split('\n') ?? [];
  return lines.slice(1).map((row) => {
    const [, currency = '', tickets = '', codes = '', fee = '', ...outcome] = row
      .split('|')
      .map((cell) => cell.trim());
    const [discount, feeAmount, total] = outcome.map(Number);
    return {
      said: { row, discount: discount ?? 0, fee: feeAmount ?? 0, total: total ?? 0 },
      computed: () => compute(row, { currency, tickets, codes, fee }),
    };
  });
}

/** Makes an event with these prices, codes and fee, and asks for the quote. */
async function compute(
  row: string,
  { currency, tickets, codes, fee }: Record<'currency' | 'tickets' | 'codes' | 'fee', string>,
): Promise<Outcome> {
  const ticketi = await createTicketi({ storage: sqlite(':memory:') });
  try {
    const organizer = await ticketi.organizers.create({ name: 'Prices' });
    const { id: eventId } = await ticketi.events.create({
      organizerId: organizer.id,
      name: 'Prices',
      timezone: 'Etc/UTC',
      currency,
      sessions: [{ startsAt: '2090-01-01T18:00', endsAt: '2090-01-01T20:00' }],
    });
    const pool = await ticketi.pools.create({ eventId, name: 'Pool', capacity: null });
    const items: { ticketTypeId: string; quantity: number }[] = [];
    for (const [, quantity, price] of tickets.matchAll(/(\d+) x (\d+)/g)) {
      const facts = { eventId, name: `${price}`, draws: [{ poolId: pool.id }] };
      const type = await ticketi.ticketTypes.create({ ...facts, price: Number(price) });
      items.push({ ticketTypeId: type.id, quantity: Number(quantity) });
    }
    const named: string[] = [];
    for (const [, amount = '', percent] of codes.matchAll(/(\d+)( %)?/g)) {
      const code = `C${named.length}`;
      const discount =
        percent === undefined
          ? { type: 'fixed' as const, amount: Number(amount) }
          : { type: 'percent' as const, percent: amount };
      await ticketi.codes.create({ eventId, code, discount });
      named.push(code);
    }
    const terms = /(\d+) % \+ (\d+) per (ticket|order), (passed_on|absorbed)/.exec(fee);
    if (terms !== null) {
      const [, percent = '0', fixed, per, mode] = terms;
      await ticketi.fees.set({
        eventId,
        percent,
        fixed: Number(fixed),
        per: per === 'order' ? 'order' : 'ticket',
        mode: mode === 'absorbed' ? 'absorbed' : 'passed_on',
      });
    }
    await ticketi.events.publish({ eventId });
    const quote = await ticketi.quotes.get({ eventId, items, codes: named });
    const { discount, total } = quote;
    return { row, discount, fee: quote.fee + quote.absorbedFee, total };
  } finally {
    await ticketi.close();
  }
}
