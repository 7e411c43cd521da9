/** How prices are written in the tables of docs/pricing.md. What is not understood throws. */
import { decimalOf, minorUnitsOf, type Ticketi } from '@ticketi/core';

type InputOf<Call extends (input: never) => unknown> = Partial<Parameters<Call>[0]>;
type TypeFacts = InputOf<Ticketi['ticketTypes']['create']>;
type Discount = InputOf<Ticketi['discounts']['set']>;
type Code = InputOf<Ticketi['codes']['create']>;
type Fee = InputOf<Ticketi['fees']['set']>;
type Tax = InputOf<Ticketi['taxes']['set']>;
type Policy = InputOf<Ticketi['prices']['setPolicy']>;
type Asked = Pick<InputOf<Ticketi['quotes']['get']>, 'buyer' | 'cash'>;

/** A ticket type, and how many the buyer wants. Types are called A, B, C in order. */
export interface Item {
  readonly quantity: number;
  readonly price: number;
  readonly facts: Omit<TypeFacts, 'parts'>;
  /** Tickets that others took before. */
  readonly taken: number;
  /** The buyer’s own amount. */
  readonly own: boolean;
  readonly parts: readonly { readonly type: string; readonly quantity: number }[];
}

/** A rule of an event, and the types that it is for, by letter; none: all. */
export interface Ruled<Terms> {
  readonly terms: Terms;
  readonly on: readonly string[];
}

interface Reading<T> {
  readonly pattern: RegExp;
  readonly means: (part: (name: string) => string) => T;
}

/** The first reading that fits, or a complaint. */
function read<T>(text: string, readings: readonly Reading<T>[]): T {
  for (const { pattern, means } of readings) {
    const match = pattern.exec(text);
    if (match !== null) return means((name) => match.groups?.[name] ?? '');
  }
  throw new Error(`"${text}" is not understood.`);
}

const PERCENT = '(?<percent>\\d+(?:\\.\\d+)?) %';
const AMOUNT = '(?<amount>\\d+(?:\\.\\d+)?)';
const says = <T>(pattern: string, means: Reading<T>['means']): Reading<T> => ({
  pattern: new RegExp(`^${pattern}$`),
  means,
});

/** The entries of a cell; an en dash: none. */
export function entries(cell: string): string[] {
  return cell === '–' ? [] : cell.split('; ');
}

/** An amount written with all the digits of its currency: `49.00`. */
function amountOf(text: string, currency: string): number {
  const amount = minorUnitsOf(text, currency);
  if (amount === undefined || decimalOf(amount, currency) !== text) {
    throw new Error(`"${text}" is no amount of ${currency}.`);
  }
  return amount;
}

/** `entry, detail, detail`: what the entry means with its details laid over it. */
function detailed<T extends object>(
  text: string,
  heads: readonly Reading<T>[],
  details: readonly Reading<Partial<T> | { on: string[] }>[],
): Ruled<T> {
  const [head = '', ...rest] = text.split(', ');
  let on: readonly string[] = [];
  let terms = read(head, heads);
  for (const detail of rest) {
    const { on: only, ...more }: { on?: string[] } = read(detail, details);
    on = only ?? on;
    terms = { ...terms, ...more };
  }
  return { terms, on };
}

const only = says<{ on: string[] }>('on (?<types>[A-Z](?:\\+[A-Z])*)', (part) => ({
  on: part('types').split('+'),
}));

type Dynamic = NonNullable<TypeFacts['dynamic']>;
type Change = Dynamic['demand'] extends (infer Step)[] | undefined
  ? Step extends { change: infer C }
    ? C
    : never
  : never;

interface Draft {
  facts: TypeFacts;
  taken: number;
  own: boolean;
  parts: Item['parts'];
}

/** `2 x 49.00 (tax reduced, group of 4)`. */
export function itemOf(text: string, currency: string): Item {
  const money = (amount: string) => amountOf(amount, currency);
  const change = (written: string): Change =>
    read<Change>(written, [
      says('(?<percent>[+-]\\d+(?:\\.\\d+)?) %', (part) => ({
        type: 'percent',
        percent: part('percent').replace('+', ''),
      })),
      says('(?<sign>[+-])(?<amount>[\\d.]+)', (part) => ({
        type: 'amount',
        amount: (part('sign') === '-' ? -1 : 1) * money(part('amount')),
      })),
      says('at (?<amount>[\\d.]+)', (part) => ({ type: 'price', price: money(part('amount')) })),
    ]);
  return read(text, [
    says('(?<quantity>\\d+) x (?<price>[\\d.]+)(?: \\((?<details>.*)\\))?', (part) => {
      const draft: Draft = { facts: {}, taken: 0, own: false, parts: [] };
      const dynamic: Dynamic = { floor: 0, ceiling: 999_999_999_999, demand: [], time: [] };
      const { facts } = draft;
      const steps = () => Object.assign(facts, { dynamic });
      const readings: Reading<unknown>[] = [
        says('tax (?<class>[a-z]+)', (of) => Object.assign(facts, { taxClass: of('class') })),
        says('group of (?<n>\\d+)', (of) => Object.assign(facts, { admissions: Number(of('n')) })),
        says('product', () => Object.assign(facts, { kind: 'product' })),
        says('donation', () => Object.assign(facts, { kind: 'donation' })),
        says(`own price from ${AMOUNT}`, (of) => {
          draft.own = true;
          Object.assign(facts, { ownPrice: { min: money(of('amount')) } });
        }),
        says(`first (?<n>\\d+) at ${AMOUNT}`, (of) => {
          const tier = { price: money(of('amount')), quantity: Number(of('n')) };
          const name = `first ${of('n')}`;
          Object.assign(facts, { tiers: [...(facts.tiers ?? []), { name, ...tier }] });
        }),
        says(`until (?<day>[\\d-]+) at ${AMOUNT}`, (of) => {
          const tier = { price: money(of('amount')), until: `${of('day')}T00:00` };
          const name = `until ${of('day')}`;
          Object.assign(facts, { tiers: [...(facts.tiers ?? []), { name, ...tier }] });
        }),
        says('(?<taken>\\d+) of (?<all>\\d+) taken', (of) => {
          draft.taken = Number(of('taken'));
          Object.assign(facts, { maxInAll: Number(of('all')) });
        }),
        says(`from ${PERCENT} sold (?<change>.+)`, (of) => {
          steps();
          const step = { soldShare: of('percent'), change: change(of('change')) };
          dynamic.demand = [...(dynamic.demand ?? []), step];
        }),
        says('since (?<day>[\\d-]+) (?<change>.+)', (of) => {
          steps();
          const step = { from: `${of('day')}T00:00`, change: change(of('change')) };
          dynamic.time = [...(dynamic.time ?? []), step];
        }),
        says(`floor ${AMOUNT}`, (of) => Object.assign(dynamic, { floor: money(of('amount')) })),
        says(`ceiling ${AMOUNT}`, (of) => Object.assign(dynamic, { ceiling: money(of('amount')) })),
        says('(?<parts>\\d+ [A-Z](?: \\+ \\d+ [A-Z])*)', (of) => {
          draft.parts = of('parts')
            .split(' + ')
            .map((one) => ({ type: one.slice(-1), quantity: Number(one.slice(0, -2)) }));
        }),
      ];
      for (const detail of part('details').split(', ').filter(Boolean)) read(detail, readings);
      return { ...draft, quantity: Number(part('quantity')), price: money(part('price')) };
    }),
  ]);
}

/** `3 for 2`, `group 10: 20 % each`, `from 100.00: 15.00`, `cheapest 1 of 4`, `member: 10 % each`. */
export function discountOf(text: string, currency: string): Ruled<Discount> {
  const money = (amount: string) => amountOf(amount, currency);
  const percent = '(?<what>[\\d.]+ %|[\\d.]+|to [\\d.]+)';
  type Off = { type: 'percent'; percent: string } | { type: 'fixed'; amount: number };
  const off = (what: string) =>
    read<Off>(what, [
      says(PERCENT, (part) => ({ type: 'percent', percent: part('percent') })),
      says(AMOUNT, (part) => ({ type: 'fixed', amount: money(part('amount')) })),
    ]);
  const offEach = (what: string) =>
    what.startsWith('to ')
      ? { type: 'set_price' as const, price: money(what.slice(3)) }
      : off(what);
  return detailed<Discount>(
    text,
    [
      says('(?<n>\\d+) for (?<m>\\d+)', (part) => ({
        rule: { type: 'n_for_m', n: Number(part('n')), m: Number(part('m')) },
      })),
      says(`group (?<min>\\d+): ${percent} each`, (part) => ({
        rule: { type: 'group', min: Number(part('min')), off: offEach(part('what')) },
      })),
      says(`from (?<min>[\\d.]+): ${percent}`, (part) => ({
        rule: { type: 'minimum_value', min: money(part('min')), off: off(part('what')) },
      })),
      says('cheapest (?<free>\\d+) of (?<min>\\d+)', (part) => ({
        rule: { type: 'cheapest_free', min: Number(part('min')), free: Number(part('free')) },
      })),
      says(`(?<attribute>[a-z]+): ${percent} each`, (part) => ({
        rule: {
          type: 'attribute',
          attribute: part('attribute'),
          off: offEach(part('what')),
        },
      })),
    ],
    [only],
  );
}

/** `10 %`, `5.00`, `to 20.00`, `free`, with `on A+B`, `max 2 tickets`, `alone`, `min 3 tickets`. */
export function codeOf(text: string, currency: string): Ruled<Code> {
  const money = (amount: string) => amountOf(amount, currency);
  return detailed<Code>(
    text,
    [
      says(PERCENT, (part) => ({ discount: { type: 'percent', percent: part('percent') } })),
      says(AMOUNT, (part) => ({ discount: { type: 'fixed', amount: money(part('amount')) } })),
      says(`to ${AMOUNT}`, (part) => ({
        discount: { type: 'set_price', price: money(part('amount')) },
      })),
      says('free', () => ({ discount: { type: 'free' } })),
    ],
    [
      only,
      says('max (?<n>\\d+) tickets?', (part) => ({ maxTickets: Number(part('n')) })),
      says('min (?<n>\\d+) tickets?', (part) => ({ minTickets: Number(part('n')) })),
      says(`from ${AMOUNT}`, (part) => ({ minValue: money(part('amount')) })),
      says('undiscounted', () => ({ stacking: 'undiscounted' })),
      says('alone', () => ({ stacking: 'alone' })),
    ],
  );
}

/** `5 % + 0.50 per ticket`, with `absorbed`, `of the charge`, `at least 1.00`, `at most 2.00`. */
export function feeOf(text: string, currency: string): Ruled<Fee> {
  const money = (amount: string) => amountOf(amount, currency);
  return detailed<Fee>(
    text,
    [
      says(`${PERCENT} \\+ ${AMOUNT} per (?<per>ticket|order)`, (part) => ({
        percent: part('percent'),
        fixed: money(part('amount')),
        per: part('per') === 'order' ? 'order' : 'ticket',
      })),
    ],
    [
      only,
      says('absorbed', () => ({ mode: 'absorbed' })),
      says('of the charge', () => ({ basis: 'charge' })),
      says(`at least ${AMOUNT}`, (part) => ({ min: money(part('amount')) })),
      says(`at most ${AMOUNT}`, (part) => ({ max: money(part('amount')) })),
      says('tax (?<class>[a-z]+)', (part) => ({ taxClass: part('class') })),
    ],
  );
}

/** `19 %`, `reduced 7 %`, with `compound`, `in CA-QC`, `until 2021-01-01`. */
export function taxOf(text: string): Tax {
  const day = (written: string) => `${written}T00:00:00.000Z`;
  return detailed<Tax>(
    text,
    [
      says(`(?:(?<class>[a-z]+) )?${PERCENT}`, (part) => ({
        percent: part('percent'),
        ...(part('class') === '' ? {} : { taxClass: part('class') }),
      })),
    ],
    [
      says('compound', () => ({ compound: true })),
      says('in (?<place>[A-Z0-9-]+)', (part) => ({ place: part('place') })),
      says('until (?<day>[\\d-]+)', (part) => ({ validUntil: day(part('day')) })),
      says('from (?<day>[\\d-]+)', (part) => ({ validFrom: day(part('day')) })),
    ],
  ).terms;
}

/** `net; sum by net; halves even; cash 0.05; in DE; buyer in FR; member; exempt; tax id ATU…`. */
export function policyOf(
  cell: string,
  currency: string,
): { readonly policy: Policy; readonly asked: Asked } {
  const policy: Policy = {};
  const asked: { cash?: boolean; buyer: NonNullable<Asked['buyer']> } = { buyer: {} };
  const money = (amount: string) => amountOf(amount, currency);
  const readings: Reading<unknown>[] = [
    says('net', () => Object.assign(policy, { pricesInclude: 'no_tax' })),
    says('gross', () => Object.assign(policy, { pricesInclude: 'tax' })),
    says('line', () => Object.assign(policy, { taxRounding: 'line' })),
    says('sum_by_net', () => Object.assign(policy, { taxRounding: 'sum_by_net' })),
    says('keep_gross', () => Object.assign(policy, { taxRounding: 'sum_by_net_keep_gross' })),
    says('halves even', () => Object.assign(policy, { halves: 'even' })),
    says(`cash ${AMOUNT}`, (part) => {
      Object.assign(policy, { cashStep: money(part('amount')) });
      asked.cash = true;
    }),
    says(`card, cash ${AMOUNT}`, (part) =>
      Object.assign(policy, { cashStep: money(part('amount')) }),
    ),
    says(`always ${AMOUNT}`, (part) =>
      Object.assign(policy, { cashStep: money(part('amount')), cashRounding: 'always' }),
    ),
    says('in (?<place>[A-Z0-9-]+)', (part) => Object.assign(policy, { taxPlace: part('place') })),
    says('at (?<day>[\\d-]+)', (part) => Object.assign(policy, { taxAt: `${part('day')}T12:00` })),
    says('reverse charge (?<when>abroad|always)', (part) =>
      Object.assign(policy, { reverseCharge: part('when') }),
    ),
    says('buyer in (?<place>[A-Z0-9-]+)', (part) =>
      Object.assign(asked.buyer, { place: part('place') }),
    ),
    says('tax id (?<id>[A-Z0-9]+)', (part) => Object.assign(asked.buyer, { taxId: part('id') })),
    says('exempt', () => Object.assign(asked.buyer, { exemption: 'A certificate' })),
    says('member', () => Object.assign(asked.buyer, { attributes: ['member'] })),
  ];
  for (const entry of entries(cell)) read(entry, readings);
  return { policy, asked };
}

/** `1 A + 2 B` given back under `reprice` or `keep_prices, fees kept`. */
export function refundOf(given: string, under: string) {
  const items = given.split(' + ').map((one) =>
    read(one, [
      says('(?<quantity>\\d+) (?<type>[A-Z])', (part) => ({
        type: part('type'),
        quantity: Number(part('quantity')),
      })),
    ]),
  );
  return read(under, [
    says('(?<policy>keep_prices|reprice)(?<kept>, fees kept)?', (part) => ({
      items,
      policy: part('policy') === 'reprice' ? ('reprice' as const) : ('keep_prices' as const),
      feesKept: part('kept') !== '',
    })),
  ]);
}
