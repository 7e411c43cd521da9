import * as z from 'zod';

export const DEFAULT_INVOICE_FORMAT = '{prefix}{year}-{number:5}';
export const DEFAULT_CREDIT_FORMAT = '{prefix}CN{year}-{number:5}';

/** The running number ends a format, and nothing that could be taken for a digit of it stands before. */
const FORMAT =
  /^(?<head>[^{}\s]*(?:\{prefix\})?[^{}\s]*\{year\}[^{}\s]*[^{}\s\d])\{number(?::(?<digits>\d))?\}$/;

/** How a number is written: `{prefix}`, `{year}` and, at its end, `{number}` or `{number:5}`. */
export const NumberFormat = z
  .string()
  .max(60)
  .regex(FORMAT, {
    error:
      'A format has {year}, perhaps {prefix} before it, and ends in a sign that is no digit and {number} or {number:5}.',
  })
  .meta({
    description:
      'With `{prefix}`, `{year}` and, at the end, `{number}`, or `{number:5}` for five digits or more.',
    examples: [DEFAULT_INVOICE_FORMAT],
  });

/** What stands before the running number, for formats to be told apart by. */
export function headOf(format: string): string {
  return FORMAT.exec(format)?.groups?.head ?? format;
}

/** A running number of a year as the format writes it: `{year}-{number:5}` gives `2027-00042`. */
export function writtenNumber(
  format: string,
  { prefix, year, sequence }: { prefix: string; year: number; sequence: number },
): string {
  const digits = Number(FORMAT.exec(format)?.groups?.digits ?? 1);
  const head = headOf(format)
    .replace('{prefix}', () => prefix)
    .replace('{year}', String(year));
  return head + String(sequence).padStart(digits, '0');
}
