import { createTicketi, decimalOf, recomputeTotal, type Ticketi } from '@ticketi/core';
import { sqlite } from '@ticketi/storage/sqlite';
import * as notation from './price-notation.ts';

/** What a row of the page says, or what came out: decimals of the currency by column. */
type Outcome = Readonly<Record<string, string>>;

export interface Vector {
  readonly row: string;
  readonly said: Outcome;
  computed(): Promise<Outcome>;
}

const ASKED = [
  ...['currency', 'tickets', 'discounts', 'codes', 'fees', 'taxes', 'policy'],
  ...['given back', 'refund'],
];
/** What a table of prices says, and one of refunds: what is paid, and what comes back of it. */
const OUTCOMES = ['off', 'fee', 'tax', 'total', 'comes back'];
const MARK = '<!-- vectors -->';

/** The rows of the tables after each `<!-- vectors -->`. */
export function priceVectors(page: string): Vector[] {
  return page
    .split(MARK)
    .slice(1)
    .flatMap((after) => {
      const [head = '', _rule, ...rows] = after.trim().split('\n\n')[0]?.split('\n') ?? [];
      const columns = cellsOf(head);
      for (const column of columns) {
        if (![...ASKED, ...OUTCOMES, 'arithmetic'].includes(column)) {
          throw new Error(`No column is called "${column}".`);
        }
      }
      return rows.map((row) => vectorOf(row, columns));
    });
}

function cellsOf(row: string): string[] {
  return row
    .split('|')
    .slice(1, -1)
    .map((cell) => cell.trim());
}

function vectorOf(row: string, columns: readonly string[]): Vector {
  const cells = cellsOf(row);
  if (cells.length !== columns.length) throw new Error(`${row}: has ${cells.length} cells.`);
  const cellOf = new Map(columns.map((column, at) => [column, cells[at] ?? '']));
  const outcomes = columns.filter((column) => OUTCOMES.includes(column));
  const said = Object.fromEntries(outcomes.map((column) => [column, cellOf.get(column) ?? '']));
  if (said.total === undefined || !cellOf.get('arithmetic')) {
    throw new Error(`${row}: needs its arithmetic and a total.`);
  }
  const asked = (column: string) => cellOf.get(column) ?? (column === 'currency' ? 'EUR' : '–');
  return { row, said, computed: () => compute(asked, outcomes) };
}

type Asked = (column: string) => string;

/** Makes an event with these prices and rules, and asks for the quote. */
async function compute(asked: Asked, outcomes: readonly string[]): Promise<Outcome> {
  const ticketi = await createTicketi({ storage: sqlite(':memory:') });
  try {
    const sale = await quoted(ticketi, asked);
    const { quote, currency } = sale;
    const { total, unsound } = recomputeTotal(quote);
    if (total !== quote.total || unsound.length > 0) {
      throw new Error(`The trace is unsound: ${JSON.stringify(unsound)}`);
    }
    const figures = {
      off: quote.discount,
      fee: quote.fee + quote.absorbedFee,
      tax: quote.tax,
      total: quote.total,
      'comes back': outcomes.includes('comes back') ? await refundOf(ticketi, sale, asked) : 0,
    };
    const shown = Object.entries(figures).filter(([name]) => outcomes.includes(name));
    return Object.fromEntries(shown.map(([name, amount]) => [name, decimalOf(amount, currency)]));
  } finally {
    await ticketi.close();
  }
}

type Sale = Awaited<ReturnType<typeof quoted>>;

/** Buys it, and asks what would come back. */
async function refundOf(
  ticketi: Ticketi,
  { eventId, types, codes, asked: said, quote }: Sale,
  asked: Asked,
): Promise<number> {
  const hold = await ticketi.holds.create({ eventId, items: types.items, codes, ...said });
  const buyer = { name: 'Ada', email: 'ada@example.com' };
  const order = await ticketi.orders.place({ holdId: hold.id, buyer });
  const { payment } = await ticketi.orders.pay({ orderId: order.id });
  if (payment !== null) {
    const { due: amount, currency } = order;
    await ticketi.payments.confirm({ paymentId: payment.id, amount, currency });
  }
  const { state, total } = await ticketi.orders.get({ orderId: order.id });
  if (state !== 'paid' || total !== quote.total) throw new Error(`The order is ${state}.`);
  const { items, ...terms } = notation.refundOf(asked('given back'), asked('refund'));
  const { amount } = await ticketi.quotes.refund({
    orderId: order.id,
    items: items.map(({ type, quantity }) => ({ ticketTypeId: types.idOf(type), quantity })),
    ...terms,
  });
  return amount;
}

async function quoted(ticketi: Ticketi, asked: Asked) {
  const currency = asked('currency');
  const read = <T>(column: string, reading: (entry: string, currency: string) => T) =>
    notation.entries(asked(column)).map((entry) => reading(entry, currency));
  const items = read('tickets', notation.itemOf);
  const { policy, asked: said } = notation.policyOf(asked('policy'), currency);

  const organizer = await ticketi.organizers.create({ name: 'Prices' });
  const { id: eventId } = await ticketi.events.create({
    organizerId: organizer.id,
    name: 'Prices',
    timezone: 'Etc/UTC',
    currency,
    sessions: [{ startsAt: '2090-01-01T18:00', endsAt: '2090-01-01T20:00' }],
  });
  const types = await typesOf(ticketi, eventId, items);
  const on = (letters: readonly string[]) =>
    letters.length === 0 ? {} : { ticketTypeIds: letters.map(types.idOf) };
  for (const [position, { terms, on: only }] of read('discounts', notation.discountOf).entries()) {
    const { rule } = terms;
    if (rule === undefined) throw new Error('A discount without a rule.');
    await ticketi.discounts.set({ eventId, name: `D${position}`, rule, position, ...on(only) });
  }
  const codes: string[] = [];
  for (const { terms, on: only } of read('codes', notation.codeOf)) {
    const code = `C${codes.length}`;
    await ticketi.codes.create({ eventId, code, ...terms, ...on(only) });
    codes.push(code);
  }
  for (const [at, { terms, on: only }] of read('fees', notation.feeOf).entries()) {
    await ticketi.fees.set({ eventId, name: `F${at}`, ...terms, ...on(only) });
  }
  for (const [position, terms] of read('taxes', notation.taxOf).entries()) {
    const { percent = '0' } = terms;
    const name = `T${position}`;
    await ticketi.taxes.set({ organizerId: organizer.id, name, position, ...terms, percent });
  }
  await ticketi.prices.setPolicy({ eventId, ...policy });
  await ticketi.events.publish({ eventId });
  await types.take();
  return {
    currency,
    types,
    asked: said,
    codes,
    eventId,
    quote: await ticketi.quotes.get({ eventId, items: types.items, codes, ...said }),
  };
}

/** Makes the types of these items, called A, B, C. */
async function typesOf(ticketi: Ticketi, eventId: string, items: readonly notation.Item[]) {
  const pool = await ticketi.pools.create({ eventId, name: 'Pool', capacity: 100_000 });
  const ids: string[] = [];
  const idOf = (letter: string) => {
    const id = ids[letter.charCodeAt(0) - 65];
    if (id === undefined) throw new Error(`There is no type ${letter}.`);
    return id;
  };
  for (const { price, facts, parts } of items) {
    const type = await ticketi.ticketTypes.create({
      ...facts,
      eventId,
      name: String.fromCharCode(65 + ids.length),
      price: facts.ownPrice === undefined ? price : 0,
      maxPerOrder: 1000,
      ...(parts.length > 0
        ? { parts: parts.map((of) => ({ ticketTypeId: idOf(of.type), quantity: of.quantity })) }
        : { draws: [{ poolId: pool.id }] }),
    });
    ids.push(type.id);
  }
  return {
    idOf,
    items: items.flatMap(({ quantity, own, price }, at) => {
      const ticketTypeId = ids[at];
      if (quantity === 0 || ticketTypeId === undefined) return [];
      return [{ ticketTypeId, quantity, ...(own ? { amount: price } : {}) }];
    }),
    /** What others took before. */
    take: async () => {
      for (const [at, { taken: quantity }] of items.entries()) {
        const ticketTypeId = ids[at];
        if (quantity === 0 || ticketTypeId === undefined) continue;
        await ticketi.holds.create({ eventId, items: [{ ticketTypeId, quantity }] });
      }
    },
  };
}
