import { formatAmount } from '@ticketi/core';
import { isObject } from '../settings.ts';

type Terms = Readonly<Record<string, unknown>>;
type Words = (terms: Terms, money: (amount: unknown) => string) => string;

/** The terms of prices, discounts and codes in words, by the field that they stand in. */
const words: Readonly<Record<string, Words>> = {
  discount: offWords,
  rule: ruleWords,
  ownPrice: ({ min, max, suggested }, money) =>
    [
      max === null ? `from ${money(min)}` : `${money(min)} to ${money(max)}`,
      ...(suggested === null ? [] : [`${money(suggested)} suggested`]),
    ].join(', '),
  dynamic: ({ floor, ceiling, demand, time }, money) =>
    [
      `${money(floor)} to ${money(ceiling)}`,
      ...rowsOf(demand).map(
        ({ soldShare, change }) => `${soldShare} %: ${changeWords(change, money)}`,
      ),
      ...rowsOf(time).map(({ from, change }) => `${from}: ${changeWords(change, money)}`),
    ].join(', '),
  requires: ({ ticketTypeIds, perParent }) =>
    `${perParent} for each ${Array.isArray(ticketTypeIds) ? ticketTypeIds.join(' or ') : ''}`,
  reserve: ({ ticketTypeId, quantity }) => `${quantity} of ${ticketTypeId}`,
};

/** A field in words, if it is one of these terms; `currency` is that of its amounts. */
export function termWords(field: string, value: unknown, currency: unknown): string | undefined {
  const say = Object.hasOwn(words, field) ? words[field] : undefined;
  if (say === undefined || !isObject(value)) return undefined;
  return say(value, (amount) =>
    typeof amount === 'number' && typeof currency === 'string'
      ? formatAmount(amount, currency)
      : String(amount),
  );
}

function ruleWords(rule: Terms, money: (amount: unknown) => string): string {
  const { type, min, off } = rule;
  const less = isObject(off) ? offWords(off, money) : '';
  switch (type) {
    case 'n_for_m':
      return `${rule.n} for ${rule.m}`;
    case 'group':
      return `${min} or more: ${less} each`;
    case 'minimum_value':
      return `from ${money(min)}: ${less}`;
    case 'cheapest_free':
      return `${min} or more: cheapest ${rule.free} free`;
    case 'attribute':
      return `${rule.attribute}: ${less} each`;
    default:
      return String(type);
  }
}

function offWords(off: Terms, money: (amount: unknown) => string): string {
  switch (off.type) {
    case 'percent':
      return `${off.percent} %`;
    case 'fixed':
      return money(off.amount);
    case 'set_price':
      return `at ${money(off.price)}`;
    default:
      return String(off.type);
  }
}

function changeWords(change: unknown, money: (amount: unknown) => string): string {
  if (!isObject(change)) return '';
  const up = (text: string) => (text.startsWith('-') ? text : `+${text}`);
  switch (change.type) {
    case 'percent':
      return up(`${change.percent} %`);
    case 'amount':
      return up(money(change.amount));
    default:
      return money(change.price);
  }
}

function rowsOf(value: unknown): Terms[] {
  return Array.isArray(value) ? value.filter(isObject) : [];
}
