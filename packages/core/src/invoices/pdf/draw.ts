import { amountText, dateText, type Locale, type Sheet } from '../../print/index.ts';
import type { InvoiceRecord } from '../invoice.ts';
import { drawFooters } from './footers.ts';
import { drawHead } from './head.ts';
import { labelsOf } from './labels.ts';
import { drawLines } from './lines.ts';
import type { Printed } from './printed.ts';
import { drawSums } from './sums.ts';

/** An invoice or a credit note on as many pages as it needs. */
export async function drawInvoice(
  sheet: Sheet,
  invoice: InvoiceRecord,
  locale: Locale,
): Promise<Buffer> {
  const { currency, content } = invoice;
  const printed: Printed = {
    sheet,
    invoice,
    content,
    labels: labelsOf[locale],
    locale,
    amount: (minor) => amountText(minor, currency, locale),
    date: (instant) => dateText(instant, content.seller.timezone, locale),
  };
  const below = drawLines(printed, drawHead(printed));
  drawSums(printed, below);
  drawFooters(printed);
  return sheet.bytes();
}
