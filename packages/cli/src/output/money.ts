import { exponentOf, type FormatAmount, formatAmount } from '@ticketi/core';

/**
 * Writes amounts as a locale does: `49,00 €`. The digits of a currency are
 * Ticketi’s own, not those of the locale’s tables; without a locale it is `49.00 EUR`.
 */
export function amountWriter(locale: string | undefined): FormatAmount {
  if (locale === undefined) return formatAmount;
  return (amount, currency) => {
    const digits = exponentOf(currency);
    const format = new Intl.NumberFormat(locale, {
      style: 'currency',
      currency,
      minimumFractionDigits: digits,
      maximumFractionDigits: digits,
    });
    // Twelve digits at most, so that the fraction is the right one to its last digit.
    return format.format(amount / 10 ** digits);
  };
}
