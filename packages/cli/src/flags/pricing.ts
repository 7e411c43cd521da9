import type { Flag } from './flag.ts';
import { readDemandStep, readOwnPrice, readRule, readTier, readTimeStep } from './terms.ts';
import { readCounted, readInteger, readJson, readMoney, readPercent } from './values.ts';

type Special = (required: boolean) => readonly Flag[];

/** What most of the flags below are. */
const plain = { repeatable: false, required: false } as const;
const NONE = '\u201Cnone\u201D takes it away.';

/** The terms of prices, discounts and codes, which read more easily than their JSON. */
export const pricingFields: Readonly<Record<string, Special>> = {
  tiers: () => [
    {
      ...plain,
      long: 'tier',
      path: ['tiers'],
      placeholder: '<name>=<price>[@until][#quantity]',
      repeatable: true,
      money: true,
      none: { path: ['tiers'], value: [] },
      help: `A price for the first buyers, until a time, for so many, or both. In order. ${NONE}`,
      read: noneOr((text, context) => readTier('tier', text, context)),
    },
  ],
  ownPrice: () => [
    {
      ...plain,
      long: 'own',
      path: ['ownPrice'],
      placeholder: '<min>[..max]',
      money: true,
      help: `The buyer names the price, within these: 5.00..50.00. ${NONE}`,
      read: noneOr((text, context) => readOwnPrice('own', text, context)),
    },
    {
      ...plain,
      long: 'suggested',
      path: ['ownPrice', 'suggested'],
      placeholder: '<amount>',
      money: true,
      help: 'What a buyer pays who names no price: 10.00.',
      read: noneOr((text, context) => readMoney('suggested', text, context)),
    },
  ],
  dynamic: () => [
    {
      ...plain,
      long: 'dynamic',
      path: ['dynamic'],
      placeholder: '<none|json>',
      help: 'The bounds and steps of a price that moves as JSON; \u201Cnone\u201D: it does not.',
      read: noneOr((text) => readJson('dynamic', text)),
    },
    bound('floor', 'The price never falls below it.'),
    bound('ceiling', 'The price never rises above it.'),
    {
      ...plain,
      long: 'demand-step',
      path: ['dynamic', 'demand'],
      placeholder: '<share>=<change>',
      repeatable: true,
      money: true,
      help: 'From this share of the places on: 50%=+10%, 80%=+5.00, or 90%=59.00.',
      read: (text, context) => readDemandStep('demand-step', text, context),
    },
    {
      ...plain,
      long: 'time-step',
      path: ['dynamic', 'time'],
      placeholder: '<time>=<change>',
      repeatable: true,
      money: true,
      help: 'From this time on: 2027-06-01T00:00=+5.00.',
      read: (text, context) => readTimeStep('time-step', text, context),
    },
  ],
  parts: () => [
    {
      ...plain,
      long: 'part',
      path: ['parts'],
      placeholder: '<ticket-type>[=n]',
      repeatable: true,
      help: 'What a bundle holds: a ticket type, and how many of it (1).',
      read: noneOr((text) => {
        const [ticketTypeId, quantity] = readCounted('part', text, 1);
        return { ticketTypeId, quantity };
      }),
    },
  ],
  requires: () => [
    {
      ...plain,
      long: 'requires',
      path: ['requires', 'ticketTypeIds'],
      placeholder: '<ticket-type>',
      repeatable: true,
      none: { path: ['requires'], value: null },
      help: `It is sold only beside a ticket of this type, or another one named. ${NONE}`,
      read: noneOr((text) => text),
    },
    {
      ...plain,
      long: 'per-parent',
      path: ['requires', 'perParent'],
      placeholder: '<n>',
      help: 'How many of it go with one of those (default 1).',
      read: (text) => readInteger('per-parent', text),
    },
  ],
  rule: (required) => [
    {
      ...plain,
      long: 'rule',
      path: ['rule'],
      placeholder: '<rule>',
      required,
      money: true,
      help: 'When it applies, and what it takes off: n_for_m:3:2, group:10:20%, group:10:5.00, group:10:=30.00 (each costs that), minimum:100.00:10.00, cheapest:5:1, attribute:member:10%.',
      read: (text, context) => readRule('rule', text, context),
    },
  ],
  discount: (required) => [
    {
      ...plain,
      long: 'percent',
      path: ['discount'],
      placeholder: '<percent>',
      help: 'Percent off: 20.',
      required,
      read: (text) => ({ type: 'percent', percent: readPercent('percent', text) }),
    },
    {
      ...plain,
      long: 'amount',
      path: ['discount'],
      placeholder: '<amount>',
      help: 'Amount off: 5.00.',
      required,
      money: true,
      read: async (text, context) => ({
        type: 'fixed',
        amount: await readMoney('amount', text, context),
      }),
    },
    {
      ...plain,
      long: 'set-price',
      path: ['discount'],
      placeholder: '<amount>',
      help: 'What each ticket costs with it, where it is dearer: 30.00.',
      required,
      money: true,
      read: async (text, context) => ({
        type: 'set_price',
        price: await readMoney('set-price', text, context),
      }),
    },
    {
      ...plain,
      long: 'free',
      path: ['discount'],
      placeholder: undefined,
      help: 'Nothing is left to pay.',
      required,
      read: (text) => (text === 'true' ? { type: 'free' } : null),
    },
  ],
  reserve: () => [
    {
      ...plain,
      long: 'reserve',
      path: ['reserve'],
      placeholder: '<ticket-type>=<n>',
      help: 'Places of a type that are set aside for who has the code.',
      read: noneOr((text) => {
        const [ticketTypeId, quantity] = readCounted('reserve', text);
        return { ticketTypeId, quantity };
      }),
    },
  ],
  cashStep: () => [
    {
      ...plain,
      long: 'cash-step',
      path: ['cashStep'],
      placeholder: '<amount>',
      money: true,
      help: 'The smallest coin, to which who pays in cash is rounded: 0.05. \u201Cnone\u201D: no rounding.',
      read: noneOr((text, context) => readMoney('cash-step', text, context)),
    },
  ],
};

/** The parts of a buyer that a price depends on. */
export const buyerParts: Readonly<Record<string, Flag>> = {
  'buyer.taxId': {
    ...plain,
    long: 'tax-id',
    path: ['buyer', 'taxId'],
    placeholder: '<id>',
    help: 'The tax id of a business, with its country: DE136695976.',
    read: (text) => text,
  },
  'buyer.attributes': {
    ...plain,
    long: 'attribute',
    path: ['buyer', 'attributes'],
    placeholder: '<text>',
    repeatable: true,
    help: 'What the buyer is, such as member. Said by who may sell.',
    read: (text) => text,
  },
  'buyer.exemption': {
    ...plain,
    long: 'exemption',
    path: ['buyer', 'exemption'],
    placeholder: '<text>',
    help: 'Why no tax is owed. Said by who may sell.',
    read: (text) => text,
  },
};

function bound(long: 'floor' | 'ceiling', help: string): Flag {
  return {
    ...plain,
    long,
    path: ['dynamic', long],
    placeholder: '<amount>',
    money: true,
    help,
    read: (text, context) => readMoney(long, text, context),
  };
}

function noneOr(read: Flag['read']): Flag['read'] {
  return (text, context) => (text === 'none' ? null : read(text, context));
}
