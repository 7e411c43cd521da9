import { PAGE } from '../../print/index.ts';
import { GREY, LEFT, type Printed, RIGHT } from './printed.ts';

const SMALL = 7;
const LINES = 5;

/** The seller's own words and the number of the page, at the foot of each. */
export function drawFooters({ sheet, content, invoice, labels }: Printed): void {
  const { footer } = content.seller;
  const lines = footer === null ? [] : sheet.wrapped(footer, RIGHT - LEFT, SMALL).slice(0, LINES);
  sheet.onEachPage((page, of) => {
    const foot = PAGE.height - 82;
    sheet.rule(foot);
    lines.forEach((line, at) => {
      sheet.put(line, LEFT, foot + 6 + at * 9, { size: SMALL, color: GREY });
    });
    const y = PAGE.height - 30;
    sheet.put(invoice.number, LEFT, y, { size: SMALL, color: GREY });
    const pages = `${labels.page} ${page} ${labels.of} ${of}`;
    sheet.put(pages, RIGHT, y, { size: SMALL, color: GREY, right: true });
  });
}
