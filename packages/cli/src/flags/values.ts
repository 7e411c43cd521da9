import { nearest, UsageError } from '../errors.ts';
import type { FlagContext } from './flag.ts';

/** A whole number. */
export function readInteger(flag: string, text: string): number {
  if (!/^-?\d{1,15}$/.test(text)) throw wants(flag, 'a whole number', text);
  return Number(text);
}

export function readChoice(flag: string, text: string, choices: readonly string[]): string {
  if (choices.includes(text)) return text;
  const meant = nearest(text, choices);
  throw new UsageError(
    `--${flag} does not know ${JSON.stringify(text)}.`,
    meant === undefined ? `Choose one of ${choices.join(', ')}.` : `Did you mean ${meant}?`,
  );
}

/** `20` or `20 %` as the decimal string that the SDK takes. */
export function readPercent(flag: string, text: string): string {
  const percent = text.replace(/\s*%$/, '');
  if (!/^\d+(\.\d+)?$/.test(percent)) throw wants(flag, 'a percentage such as 12.5', text);
  return percent;
}

/** `49.00` in the currency of the event, as minor units. `49.00 EUR` says which one is meant. */
export async function readMoney(
  flag: string,
  text: string,
  { currency: currencyOf }: FlagContext,
): Promise<number> {
  const [, decimal = '', named] = /^(\S+?)\s*([A-Z]{3})?$/.exec(text.trim()) ?? [];
  if (!/^\d+(\.\d+)?$/.test(decimal)) throw wants(flag, 'an amount such as 49.00', text);
  const { exponentOf, minorUnitsOf } = await import('@ticketi/core');
  const currency = await currencyOf();
  if (named !== undefined && named !== currency) {
    throw new UsageError(`--${flag} is in ${named}, but the event's currency is ${currency}.`);
  }
  const amount = minorUnitsOf(decimal, currency);
  if (amount !== undefined) return amount;
  const digits = exponentOf(currency);
  throw new UsageError(
    `--${flag} ${decimal} has too many digits for ${currency}.`,
    digits === 0 ? `${currency} has no decimals.` : `${currency} has ${digits} decimals.`,
  );
}

/** `<id>=<n>`; a missing number is `otherwise`, or a mistake. */
export function readCounted(flag: string, text: string, otherwise?: number): [string, number] {
  const at = text.lastIndexOf('=');
  const id = at < 0 ? text : text.slice(0, at);
  const count = at < 0 ? otherwise : Number(text.slice(at + 1));
  if (id === '' || count === undefined || !Number.isInteger(count) || count < 1) {
    throw wants(flag, otherwise === undefined ? '<id>=<number>' : '<id> or <id>=<number>', text);
  }
  return [id, count];
}

/** `<name>=<value>`: what is before the first `=`, and what is after it. */
export function readNamed(flag: string, text: string, form: string): [string, string] {
  const at = text.indexOf('=');
  if (at < 1 || at === text.length - 1) throw wants(flag, form, text);
  return [text.slice(0, at), text.slice(at + 1)];
}

/** `start/end`, each a time; an end without a date is on the day of the start. */
export function readSession(flag: string, text: string): { startsAt: string; endsAt: string } {
  const [startsAt = '', end = '', ...more] = text.split('/');
  if (startsAt === '' || end === '' || more.length > 0) {
    throw wants(flag, 'start/end such as 2027-07-10T18:00/2027-07-10T23:00', text);
  }
  const endsAt = end.includes('T') ? end : `${startsAt.slice(0, startsAt.indexOf('T') + 1)}${end}`;
  return { startsAt, endsAt };
}

/** Whatever has no flag of its own: JSON. */
export function readJson(flag: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new UsageError(wants(flag, 'JSON', text).message, { cause });
  }
}

/** What a flag expected, and what it got. */
export function wants(flag: string, what: string, given: string): UsageError {
  return new UsageError(`--${flag} wants ${what}, not ${JSON.stringify(given)}.`);
}
