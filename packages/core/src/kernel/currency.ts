import * as z from 'zod';

/**
 * Active currencies of ISO 4217, list one, by the number of digits after the
 * point of their minor unit. The table is part of the code and not read from
 * the platform: an amount in the database must mean the same on every version
 * of Node (CLDR's digits, which Intl uses, differ from ISO 4217 for some
 * currencies and change between releases).
 */
const CODES_BY_EXPONENT: Readonly<Record<number, string>> = {
  0: 'BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF',
  2: `AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BMD BND BOB BOV BRL BSD BTN BWP BYN BZD CAD
    CDF CHE CHF CHW CNY COP COU CRC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS
    GIP GMD GTQ GYD HKD HNL HTG HUF IDR ILS INR IRR JMD KES KGS KHR KPW KYD KZT LAK LBP LKR LRD
    LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MXV MYR MZN NAD NGN NIO NOK NPR NZD PAB
    PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP
    SZL THB TJS TMT TOP TRY TTD TWD TZS UAH USD USN UYU UZS VED VES WST XAD XCD XCG YER ZAR ZMW ZWG`,
  3: 'BHD IQD JOD KWD LYD OMR TND',
  4: 'CLF UYW',
};

const EXPONENTS: ReadonlyMap<string, number> = new Map(
  Object.entries(CODES_BY_EXPONENT).flatMap(([exponent, codes]) =>
    codes.split(/\s+/).map((code) => [code, Number(exponent)] as const),
  ),
);

/** An ISO 4217 currency code. */
export const Currency = z
  .string()
  .refine((code) => EXPONENTS.has(code), {
    error: 'Expected an ISO 4217 currency code in capitals, such as EUR.',
  })
  .meta({ id: 'Currency', description: 'An ISO 4217 currency code.', examples: ['EUR'] });
export type Currency = z.output<typeof Currency>;

/** Digits after the point: 2 for EUR, 0 for JPY, 3 for KWD. */
export function exponentOf(currency: Currency): number {
  const exponent = EXPONENTS.get(currency);
  if (exponent === undefined) throw new RangeError(`${currency} is no ISO 4217 currency.`);
  return exponent;
}

/** An amount in minor units as a plain decimal with its currency: `49.00 EUR`. */
export function formatAmount(amount: number, currency: Currency): string {
  return `${decimalOf(amount, currency)} ${currency}`;
}

/** An amount in minor units as a decimal string: 4900 EUR is `49.00`. */
export function decimalOf(amount: number, currency: Currency): string {
  const exponent = exponentOf(currency);
  const digits = Math.abs(amount)
    .toString()
    .padStart(exponent + 1, '0');
  const sign = amount < 0 ? '-' : '';
  if (exponent === 0) return sign + digits;
  return `${sign}${digits.slice(0, -exponent)}.${digits.slice(-exponent)}`;
}

/** A decimal string as minor units, or undefined when it has too many digits or is none. */
export function minorUnitsOf(decimal: string, currency: Currency): number | undefined {
  const exponent = exponentOf(currency);
  const match = /^(-?)(\d+)(?:\.(\d+))?$/.exec(decimal);
  if (match === null) return undefined;
  const [, sign = '', whole = '', fraction = ''] = match;
  if (fraction.length > exponent) return undefined;
  const units = Number(sign + whole + fraction.padEnd(exponent, '0'));
  return Number.isSafeInteger(units) ? units : undefined;
}
