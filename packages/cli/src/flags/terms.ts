import { UsageError } from '../errors.ts';
import type { FlagContext } from './flag.ts';
import { readCounted, readInteger, readMoney, readNamed, readPercent, wants } from './values.ts';

/** `early=39.00@2027-03-01T00:00#200`: a price until a time, or for so many, or both. */
export async function readTier(flag: string, text: string, context: FlagContext) {
  const form = '<name>=<price>[@until][#quantity]';
  const [name, rest] = readNamed(flag, text, form);
  const [price = '', ...bounds] = rest.split(/(?=[@#])/);
  const until = bounds.filter((bound) => bound.startsWith('@'));
  const quantity = bounds.filter((bound) => bound.startsWith('#'));
  if (until.length > 1 || quantity.length > 1 || bounds.includes('@') || bounds.includes('#')) {
    throw wants(flag, form, text);
  }
  return {
    name,
    price: await readMoney(flag, price, context),
    ...(until[0] === undefined ? {} : { until: until[0].slice(1) }),
    ...(quantity[0] === undefined ? {} : { quantity: readInteger(flag, quantity[0].slice(1)) }),
  };
}

/** `5.00` or `5.00..50.00`: what a buyer may choose to pay. */
export async function readOwnPrice(flag: string, text: string, context: FlagContext) {
  const [least = '', most, ...more] = text.split('..');
  if (more.length > 0) throw wants(flag, '<min>[..max] such as 5.00..50.00', text);
  const min = await readMoney(flag, least, context);
  return { min, max: most === undefined ? null : await readMoney(flag, most, context) };
}

/** `50%=+10%`: from this share of the places on, this change. */
export async function readDemandStep(flag: string, text: string, context: FlagContext) {
  const [share, change] = readNamed(flag, text, '<share>=<change> such as 50%=+10%');
  return { soldShare: readPercent(flag, share), change: await readChange(flag, change, context) };
}

/** `2027-06-01T00:00=+5.00`: from this time on, this change. */
export async function readTimeStep(flag: string, text: string, context: FlagContext) {
  const [from, change] = readNamed(flag, text, '<time>=<change> such as 2027-06-01T00:00=+5.00');
  return { from, change: await readChange(flag, change, context) };
}

/** `+10%`, `-5.00`, or `59.00` for a new price. */
async function readChange(flag: string, text: string, context: FlagContext) {
  const [, sign, figure = ''] = /^([+-])?(.*)$/.exec(text) ?? [];
  const isPercent = figure.endsWith('%');
  if (isPercent && sign === undefined) {
    throw wants(flag, 'a change such as +10%, -5.00 or 59.00', text);
  }
  if (isPercent) {
    const percent = readPercent(flag, figure);
    return { type: 'percent', percent: sign === '-' ? `-${percent}` : percent };
  }
  const amount = await readMoney(flag, figure, context);
  if (sign === undefined) return { type: 'price', price: amount };
  return { type: 'amount', amount: sign === '-' ? 0 - amount : amount };
}

/** The rules of automatic discounts, as `--rule` takes them. */
const rules: readonly string[] = [
  'n_for_m:3:2',
  'group:10:20%',
  'minimum:100.00:10.00',
  'cheapest:5:1',
  'attribute:member:10%',
];

/** One of these, with `20%`, `5.00` or `=30.00` (a price for each) for what is taken off. */
export async function readRule(flag: string, text: string, context: FlagContext) {
  const [, type = '', first = '', last = ''] = /^([a-z_]+):(.+):([^:]+)$/.exec(text) ?? [];
  const off = () => readOff(flag, last, context);
  switch (type) {
    case 'n_for_m':
      return { type, n: readInteger(flag, first), m: readInteger(flag, last) };
    case 'group':
      return { type, min: readInteger(flag, first), off: await off() };
    case 'minimum':
    case 'minimum_value': {
      const min = await readMoney(flag, first, context);
      return { type: 'minimum_value', min, off: await off() };
    }
    case 'cheapest':
    case 'cheapest_free': {
      const [min, free] = [readInteger(flag, first), readInteger(flag, last)];
      return { type: 'cheapest_free', min, free };
    }
    case 'attribute':
      return { type, attribute: first, off: await off() };
    default:
      throw new UsageError(
        `--${flag} does not know ${JSON.stringify(text)}.`,
        `Write it as one of ${rules.join(', ')}; =30.00 for a price of each.`,
      );
  }
}

/** `20%`, `5.00`, or `=30.00` for what each costs then. */
async function readOff(flag: string, text: string, context: FlagContext) {
  if (text.endsWith('%')) return { type: 'percent', percent: readPercent(flag, text) };
  if (text.startsWith('=')) {
    return { type: 'set_price', price: await readMoney(flag, text.slice(1), context) };
  }
  return { type: 'fixed', amount: await readMoney(flag, text, context) };
}

/** `typ_…=2:25.00@stalls-C-12,stalls-C-13`: what is wanted, the buyer’s own price, the seats. */
export async function readItem(flag: string, text: string, context: FlagContext) {
  const [wanted = '', seats] = text.split('@', 2);
  const colon = wanted.indexOf(':', wanted.lastIndexOf('='));
  const [ticketTypeId, quantity] = readCounted(flag, colon < 0 ? wanted : wanted.slice(0, colon));
  const own = colon < 0 ? undefined : await readMoney(flag, wanted.slice(colon + 1), context);
  return {
    ticketTypeId,
    quantity,
    ...(own === undefined ? {} : { amount: own }),
    ...(seats === undefined ? {} : { seats: seats.split(',') }),
  };
}
