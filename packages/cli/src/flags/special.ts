import type { Flag } from './flag.ts';
import {
  readCounted,
  readInteger,
  readMoney,
  readNamed,
  readPercent,
  readSession,
} from './values.ts';

type Special = (required: boolean) => readonly Flag[];

/** Fields whose flags read more easily than their JSON. */
export const specialFields: Readonly<Record<string, Special>> = {
  items: (required) => [
    {
      long: 'item',
      path: ['items'],
      placeholder: '<ticket-type>=<n>[@seats]',
      repeatable: true,
      help: 'A ticket type and how many of it; their seats, if they are named: =2@stalls-C-12,stalls-C-13.',
      required,
      read: (text) => {
        const [counted = '', seats] = text.split('@', 2);
        const [ticketTypeId, quantity] = readCounted('item', counted);
        if (seats === undefined) return { ticketTypeId, quantity };
        return { ticketTypeId, quantity, seats: seats.split(',') };
      },
    },
  ],
  draws: (required) => [
    {
      long: 'draw',
      path: ['draws'],
      placeholder: '<pool>[=units]',
      repeatable: true,
      help: 'A pool that one ticket takes from, and how many units of it (1).',
      required,
      read: (text) => {
        const [poolId, units] = readCounted('draw', text, 1);
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
  discount: (required) => [
    {
      long: 'percent',
      path: ['discount'],
      placeholder: '<percent>',
      repeatable: false,
      help: 'Percent off: 20.',
      required,
      read: (text) => ({ type: 'percent', percent: readPercent('percent', text) }),
    },
    {
      long: 'amount',
      path: ['discount'],
      placeholder: '<amount>',
      repeatable: false,
      help: 'Amount off: 5.00.',
      required,
      read: async (text, context) => ({
        type: 'fixed',
        amount: await readMoney('amount', text, context),
      }),
    },
  ],
};

/** The same for parts of an object. */
export const specialParts: Readonly<Record<string, Flag>> = {
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

/** Fields that are amounts in minor units, and decimals on the command line. */
export const moneyFields: ReadonlySet<string> = new Set(['price', 'fixed', 'amount']);

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
