import { PAGE } from '../../print/index.ts';
import type { Document } from '../document.ts';
import { GREY, LEFT, type Printed, RIGHT, STEP } from './printed.ts';

const HALF = 230;
const FACTS = 312;

/** Who, to whom, when, for what; returns where the lines begin. */
export function drawHead(printed: Printed): number {
  const { sheet, content, labels, invoice } = printed;
  const { seller, buyer } = content;
  sheet.put(labels[invoice.kind], FACTS, PAGE.margin, { size: 18 });

  let left = PAGE.margin;
  const put = (text: string, style = {}) => {
    for (const line of sheet.wrapped(text, HALF)) {
      sheet.put(line, LEFT, left, style);
      left += STEP;
    }
  };
  for (const line of sheet.wrapped(seller.legalName, HALF, 13)) {
    sheet.put(line, LEFT, left, { size: 13 });
    left += 18;
  }
  for (const line of addressLines(seller.address)) put(line, { color: GREY });
  for (const { label, number } of seller.taxIds) put(`${label}: ${number}`, { color: GREY });
  if (seller.email !== null) put(seller.email, { color: GREY });

  left += 18;
  put(labels.to, { color: GREY });
  for (const line of buyerLines(buyer)) put(line);
  if (buyer.taxId !== null) put(`${labels.taxId}: ${buyer.taxId}`);

  let right = PAGE.margin + 30;
  for (const [label, text] of factsOf(printed)) {
    sheet.put(label, FACTS, right, { color: GREY });
    for (const line of sheet.wrapped(text, RIGHT - FACTS - 75)) {
      sheet.put(line, FACTS + 75, right);
      right += STEP;
    }
  }
  let y = Math.max(left, right) + 16;
  for (const line of sheet.wrapped(`${labels.event}: ${eventText(content)}`, RIGHT - LEFT)) {
    sheet.put(line, LEFT, y);
    y += STEP;
  }
  return y + 6;
}

/** What stands on the right of the head, label by label. */
function factsOf({ content, invoice, labels, date }: Printed): [string, string][] {
  const { startsAt, endsAt } = content.event;
  const [from, to] = [startsAt && date(startsAt), endsAt && date(endsAt)];
  const facts: [string, string | null][] = [
    [labels.number, invoice.number],
    [labels.date, date(invoice.issuedAt)],
    [labels.ofInvoice, invoice.invoiceNumber],
    [labels.supplied, from === to ? from : `${from} – ${to}`],
    [labels.due, content.dueAt && date(content.dueAt)],
    [labels.paidOn, content.paidAt && date(content.paidAt)],
    [labels.order, invoice.orderId],
    [labels.reason, invoice.reason],
  ];
  return facts.flatMap(([label, text]) => (text === null ? [] : [[label, text]]));
}

function buyerLines({ company, name, address }: Document['buyer']): string[] {
  return [...(company === null ? [] : [company]), name, ...addressLines(address)];
}

function addressLines({ lines, postcode, city, country }: Document['buyer']['address']): string[] {
  const place = [postcode, city].filter((part) => part !== null).join(' ');
  return [...lines, place, country ?? ''].filter((line) => line !== '');
}

function eventText({ event }: Document): string {
  return event.venue === null ? event.name : `${event.name}, ${event.venue}`;
}
