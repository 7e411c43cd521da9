import { MAX_AMOUNT } from '@ticketi/core';
import type { Flag } from './flag.ts';
import { buyerParts, pricingFields } from './pricing.ts';
import type { JsonSchema } from './schema.ts';
import { readItem } from './terms.ts';
import { readCounted, readInteger, readMoney, readNamed, readSession } from './values.ts';

type Special = (required: boolean) => readonly Flag[];

/** Fields whose flags read more easily than their JSON. */
export const specialFields: Readonly<Record<string, Special>> = {
  items: (required) => [
    {
      long: 'item',
      path: ['items'],
      placeholder: '<ticket-type>=<n>[:amount][@seats]',
      repeatable: true,
      help: 'A ticket type and how many of it; what each is paid, if that is the buyer\u2019s to say: =1:25.00; their seats, if they are named: =2@stalls-C-12,stalls-C-13.',
      required,
      money: true,
      read: (text, context) => readItem('item', text, context),
    },
  ],
  draws: (required) => [
    {
      long: 'draw',
      path: ['draws'],
      placeholder: '<pool>[=units]',
      repeatable: true,
      help: 'A pool that one of it takes from, and how many units of it; left out: one for each ticket.',
      required,
      read: (text) => {
        if (!text.includes('=')) return { poolId: text };
        const [poolId, units] = readCounted('draw', text);
        return { poolId, units };
      },
    },
  ],
  sessions: (required) => [
    {
      long: 'session',
      path: ['sessions'],
      placeholder: '<start/end>',
      repeatable: true,
      help: 'A date: 2027-07-10T18:00/23:00, in the event\u2019s time zone.',
      required,
      read: (text) => readSession('session', text),
    },
  ],
  perSession: () => [
    {
      long: 'pool',
      path: ['perSession', 'pools'],
      placeholder: '<name>=<capacity>',
      repeatable: true,
      help: 'A pool of this capacity, or unlimited, for each session.',
      required: false,
      read: (text) => {
        const [name, capacity] = readNamed('pool', text, '<name>=<capacity>');
        if (capacity === 'unlimited') return { name, capacity: null };
        return { name, capacity: readInteger('pool', capacity) };
      },
    },
    {
      long: 'ticket',
      path: ['perSession', 'ticketTypes'],
      placeholder: '<name>=<price>[@pool]',
      repeatable: true,
      money: true,
      help: 'A ticket type for each session: its price, and its pool when there are several.',
      required: false,
      read: async (text, context) => {
        const [name, rest] = readNamed('ticket', text, '<name>=<price>[@pool]');
        const at = rest.indexOf('@');
        const price = await readMoney('ticket', at < 0 ? rest : rest.slice(0, at), context);
        return at < 0 ? { name, price } : { name, price, draws: [{ pool: rest.slice(at + 1) }] };
      },
    },
  ],
  codes: (required) => [
    {
      long: 'code',
      path: ['codes'],
      placeholder: '<code>',
      repeatable: true,
      help: 'A promo code.',
      required,
      read: (text) => text,
    },
  ],
  tags: (required) => [
    {
      long: 'tag',
      path: ['tags'],
      placeholder: '<tag>',
      repeatable: true,
      help: 'A word to find the event by.',
      required,
      read: (text) => text,
    },
  ],
  taxIds: (required) => [
    {
      long: 'tax-id',
      path: ['taxIds'],
      placeholder: '<label>=<number>',
      repeatable: true,
      help: 'A tax number under the name that it is printed with: "VAT ID=DE136695976".',
      required,
      read: (text) => {
        const [label, number] = readNamed('tax-id', text, '<label>=<number>');
        return { label, number };
      },
    },
  ],
  lines: (required) => [
    {
      long: 'line',
      path: ['lines'],
      placeholder: '<line>=<n>',
      repeatable: true,
      help: 'How many of a line, by its index: 0=2. All that is left, without it.',
      required,
      read: (text) => {
        const [line, quantity] = readNamed('line', text, '<line>=<n>');
        return { line: readInteger('line', line), quantity: readInteger('line', quantity) };
      },
    },
  ],
  ...pricingFields,
};

/** The same for parts of an object. */
export const specialParts: Readonly<Record<string, Flag>> = {
  ...buyerParts,
  'address.lines': addressLine('address'),
  'billing.lines': addressLine('billing'),
  'billing.taxId': {
    long: 'billing-tax-id',
    path: ['billing', 'taxId'],
    placeholder: '<id>',
    repeatable: false,
    help: 'The tax id that the invoice shows.',
    required: false,
    read: (text) => text,
  },
  'payment.giftCards': {
    long: 'gift-card',
    path: ['payment', 'giftCards'],
    placeholder: '<code|-|env:NAME>',
    repeatable: true,
    help: 'A gift card that pays first; - reads codes from stdin, env:NAME one from the environment.',
    required: false,
    read: (text) => text,
  },
};

function addressLine(of: 'address' | 'billing'): Flag {
  return {
    long: `${of}-line`,
    path: [of, 'lines'],
    placeholder: '<text>',
    repeatable: true,
    help: 'Street and number, and what else stands above the place.',
    required: false,
    read: (text) => text,
  };
}

/**
 * Whether a field is an amount in minor units, and so a decimal on the command line. An `Amount`
 * has bounds that nothing else has: of a fee `max` is money, of a session's pools a number.
 */
export function isMoney(field: string, { type, maximum }: JsonSchema): boolean {
  return type === 'integer' && (maximum === MAX_AMOUNT || field === 'amount');
}

/** Fields that are percentages as decimal strings. */
export const percentFields: ReadonlySet<string> = new Set([
  'percent',
  'cap',
  'floor',
  'sellerFee',
  'buyerFee',
]);

/** Objects whose parts are flags without a name before them: `payment.provider` is `--provider`. */
export const unnamedObjects: ReadonlySet<string> = new Set(['payment']);
