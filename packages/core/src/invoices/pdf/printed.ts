import type { Instant } from '../../kernel/index.ts';
import { type Locale, PAGE, type Sheet } from '../../print/index.ts';
import type { Document } from '../document.ts';
import type { InvoiceRecord } from '../invoice.ts';
import type { Labels } from './labels.ts';

/** What is printed, on what, and in which words. */
export interface Printed {
  readonly sheet: Sheet;
  readonly invoice: InvoiceRecord;
  readonly content: Document;
  readonly labels: Labels;
  readonly locale: Locale;
  amount(minor: number): string;
  date(instant: Instant): string;
}

export const LEFT = PAGE.margin;
export const RIGHT = PAGE.width - PAGE.margin;
/** Where the footer begins. */
const BOTTOM = PAGE.height - 95;
export const GREY = '#555555';
/** From one line to the next. */
export const STEP = 13;

/** The place for `height` more: there, or at the top of a new page. */
export function roomFor({ sheet }: Printed, y: number, height: number): number {
  if (y + height <= BOTTOM) return y;
  sheet.newPage();
  return PAGE.margin;
}
