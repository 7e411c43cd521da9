import type { Flag } from './flag.ts';
import { readCounted, readMoney, readPercent, readSession } from './values.ts';

type Special = (required: boolean) => readonly Flag[];

/** Fields whose flags read more easily than their JSON. */
export const specialFields: Readonly<Record<string, Special>> = {
  items: (required) => [
    {
      long: 'item',
      path: ['items'],
      placeholder: '<ticket-type>=<n>',
      repeatable: true,
      help: 'A ticket type and how many of it.',
      required,
      read: (text) => {
        const [ticketTypeId, quantity] = readCounted('item', text);
        return { ticketTypeId, quantity };
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
