import * as z from 'zod';
import { type Currency, decimalOf, type Instant, localDate } from '../kernel/index.ts';

/** The languages of the labels; what was typed in stays as it is. */
export const Locale = z
  .enum(['en', 'de'])
  .meta({ description: 'The language of the labels, and how amounts and dates are written.' });
export type Locale = z.output<typeof Locale>;

/** Written out and not from the platform, so that the same document has the same bytes everywhere. */
const SEPARATORS: Readonly<Record<Locale, { readonly group: string; readonly point: string }>> = {
  en: { group: ',', point: '.' },
  de: { group: '.', point: ',' },
};

const MONTHS = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ');

/** Minor units with the digits of their currency: 123450 EUR is `1,234.50`, in German `1.234,50`. */
export function amountText(amount: number, currency: Currency, locale: Locale): string {
  const { group, point } = SEPARATORS[locale];
  const [whole = '', fraction] = decimalOf(amount, currency).split('.');
  const grouped = whole.replaceAll(/\B(?=(\d{3})+$)/g, group);
  return fraction === undefined ? grouped : `${grouped}${point}${fraction}`;
}

/** A percentage as the locale writes it: `7.5 %`. */
export function percentText(percent: string, locale: Locale): string {
  return `${percent.replace('.', SEPARATORS[locale].point)} %`;
}

/** The day of an instant in a time zone: `10 Jul 2027`, in German `10.07.2027`. */
export function dateText(instant: Instant, timezone: string, locale: Locale): string {
  const { year, month, day } = localDate(instant, timezone);
  if (locale === 'en') return `${day} ${MONTHS[month - 1] ?? ''} ${year}`;
  return `${two(day)}.${two(month)}.${year}`;
}

/** The clock on the wall of a time zone at an instant: `18:00`. */
export function timeText(instant: Instant, timezone: string): string {
  const { hour, minute } = localDate(instant, timezone);
  return `${two(hour)}:${two(minute)}`;
}

function two(number: number): string {
  return String(number).padStart(2, '0');
}
