import { percentText } from '../../print/index.ts';
import { GREY, LEFT, type Printed, RIGHT, roomFor, STEP } from './printed.ts';

const SUMS = 300;

/** What it all comes to, tax by tax, and what has to be said of it. */
export function drawSums(printed: Printed, from: number): void {
  const { sheet, content, labels, invoice, amount } = printed;
  let y = from;
  const sum = (label: string, minor: number, size = 9) => {
    y = roomFor(printed, y, STEP + size - 9);
    sheet.put(label, SUMS, y, { size, width: RIGHT - SUMS - 90 });
    sheet.put(amount(minor), RIGHT, y, { size, right: true });
    y += STEP + size - 9;
  };
  sum(labels.sumNet, content.net);
  for (const tax of content.taxes) sum(taxLabel(printed, tax), tax.amount);
  if (content.rounding !== 0) sum(labels.rounding, content.rounding);
  const isNote = invoice.kind === 'credit_note';
  sum(`${isNote ? labels.credited : labels.total} ${invoice.currency}`, content.total, 11);
  if (content.paidByGiftCards > 0) sum(labels.giftCards, content.paidByGiftCards);
  if (content.paid > 0) sum(labels.paid, content.paid);
  if (!isNote) sum(`${labels.toPay} ${invoice.currency}`, content.due);

  y += STEP;
  for (const paragraph of remarks(printed)) {
    for (const line of sheet.wrapped(paragraph, RIGHT - LEFT)) {
      y = roomFor(printed, y, STEP);
      sheet.put(line, LEFT, y);
      y += STEP;
    }
    y += 4;
  }
  y = roomFor(printed, y, STEP);
  sheet.put(`${labels.allIn} ${invoice.currency}.`, LEFT, y, { color: GREY });
}

function taxLabel(
  { labels, amount, locale }: Printed,
  { name, percent, base }: { name: string; percent: string; base: number },
): string {
  const rate = percentText(percent, locale);
  const named = name.includes(rate) || name.includes(`${percent} %`) ? name : `${name} ${rate}`;
  return `${named} ${labels.taxOn} ${amount(base)}`;
}

/** What the law, the price and the seller have to say. */
function remarks({ content, labels, amount }: Printed): string[] {
  const { taxRelief, discounts, fees, seller, due } = content;
  const parts = [
    ...discounts.map(({ kind, name, amount: off }) => {
      const own = kind === 'code' ? `${labels.code} ${name}` : name;
      return `${own} ${amount(0 - off)}`;
    }),
    ...fees.map(({ name, amount: fee }) => `${name} ${amount(fee)}`),
  ];
  const relief = taxRelief === null ? [] : [`${labels[taxRelief.reason]} ${taxRelief.text}`.trim()];
  const terms = due > 0 ? [seller.paymentTerms, seller.bankDetails] : [];
  return [
    ...relief,
    ...(parts.length === 0 ? [] : [`${labels.included}: ${parts.join('; ')}`]),
    ...terms.filter((text) => text !== null),
  ];
}
