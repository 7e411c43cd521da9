import { GREY, LEFT, type Printed, RIGHT, roomFor, STEP } from './printed.ts';

/** Where the columns end, and how wide they may be. */
const COLUMNS = { quantity: 280, unit: 348, net: 416, tax: 478, gross: RIGHT };
const DESCRIPTION = 195;
const AMOUNT = 62;

/** The lines, under a head of their own on each page; returns where they end. */
export function drawLines(printed: Printed, from: number): number {
  const { sheet, content, amount } = printed;
  let y = drawColumns(printed, roomFor(printed, from, 60));
  for (const line of content.lines) {
    const description = sheet.wrapped(line.description, DESCRIPTION);
    // The first of a description has its amounts beside it; the rest may go over to the next page.
    description.forEach((text, at) => {
      const there = roomFor(printed, y, STEP);
      y = there < y ? drawColumns(printed, there) : there;
      sheet.put(text, LEFT, y);
      if (at === 0) {
        const right = { right: true, width: AMOUNT } as const;
        if (line.quantity > 0) sheet.put(String(line.quantity), COLUMNS.quantity, y, right);
        if (line.quantity > 0) sheet.put(amount(line.unitPrice), COLUMNS.unit, y, right);
        sheet.put(amount(line.net), COLUMNS.net, y, right);
        sheet.put(amount(line.tax), COLUMNS.tax, y, right);
        sheet.put(amount(line.gross), COLUMNS.gross, y, right);
      }
      y += STEP;
    });
    y += 3;
  }
  sheet.rule(y);
  return y + 8;
}

function drawColumns({ sheet, content, labels }: Printed, y: number): number {
  const style = { color: GREY, width: AMOUNT };
  const right = { ...style, right: true } as const;
  const unit = content.taxIncluded ? labels.unitGross : labels.unitNet;
  sheet.put(labels.description, LEFT, y, { color: GREY });
  sheet.put(labels.quantity, COLUMNS.quantity, y, right);
  sheet.put(unit, COLUMNS.unit, y, right);
  sheet.put(labels.net, COLUMNS.net, y, right);
  sheet.put(labels.tax, COLUMNS.tax, y, right);
  sheet.put(labels.gross, COLUMNS.gross, y, right);
  sheet.rule(y + STEP);
  return y + STEP + 5;
}
