import type { SessionRecord } from '../../events/index.ts';
import { amountText, type Locale, PAGE, type Sheet, timeText } from '../../print/index.ts';
import type { CodedAdmission } from '../admission.ts';
import { QUIET, qrOf } from '../qr.ts';
import { whenText } from '../when.ts';
import { labelsOf } from './labels.ts';

const LEFT = PAGE.margin;
const WIDTH = PAGE.width - 2 * PAGE.margin;
/** Where what a label says begins. */
const TEXTS = LEFT + 100;
const GREY = '#555555';
/** The QR's side without its quiet zone, 8 cm: a phone's camera reads it from half a metre. */
const CODE = 227;
/** The lowest that the QR may go: what stands above it ends there, however long it is. */
const CODE_AT = PAGE.height - PAGE.margin - CODE - 30;
/** What is left free above the QR: more than its quiet zone. */
const GAP = 30;
/** Dates that are listed; those of a season ticket are too many. */
const MOST_DATES = 12;

/** Tickets, a page each. */
export async function drawTickets(
  sheet: Sheet,
  admissions: readonly CodedAdmission[],
  locale: Locale,
): Promise<Buffer> {
  admissions.forEach((admission, at) => {
    if (at > 0) sheet.newPage();
    drawTicket(sheet, admission, locale);
  });
  return sheet.bytes();
}

function drawTicket(sheet: Sheet, admission: CodedAdmission, locale: Locale): void {
  const { ticket, event, organizerName, code } = admission;
  let y: number = PAGE.margin;
  const put = (text: string, size: number, x: number, color = '#000000') => {
    for (const line of sheet.wrapped(text, PAGE.width - PAGE.margin - x, size)) {
      if (y + size * 1.4 > CODE_AT - GAP) return;
      sheet.put(line, x, y, { size, color });
      y += size * 1.4;
    }
  };
  put(organizerName, 10, LEFT, GREY);
  put(event.name, 24, LEFT);
  y += 6;
  sheet.rule(y);
  y += 14;
  for (const [label, lines] of factsOf(admission, locale)) {
    if (y > CODE_AT - 2 * GAP) break;
    sheet.put(label, LEFT, y + 1, { size: 10, color: GREY });
    for (const line of lines) put(line, 12, TEXTS);
    y += 4;
  }
  const side = CODE / qrOf(code).size;
  const top = Math.min(y + GAP, CODE_AT);
  drawQr(sheet, code, PAGE.margin + QUIET * side, top);
  const foot = top + CODE + 16;
  sheet.put(ticket.id, LEFT, foot, { size: 8, color: GREY, width: WIDTH });
}

function drawQr(sheet: Sheet, code: string, x: number, y: number): void {
  const { size, runs } = qrOf(code);
  sheet.squares(x, y, CODE / size, runs);
}

/** What stands on a ticket, label by label. */
function factsOf(
  { ticket, event, sessions }: CodedAdmission,
  locale: Locale,
): (readonly [string, readonly string[]])[] {
  const labels = labelsOf[locale];
  const { attendee, seat, price, currency } = ticket;
  const facts: (readonly [string, readonly (string | null | undefined)[]])[] = [
    [labels.when, datesOf(sessions, event.timezone, locale)],
    [labels.venue, [event.venue]],
    [labels.name, [attendee?.name ?? ticket.holderName]],
    [labels.ticket, [ticket.name]],
    [labels.seat, [seat?.label]],
    [labels.price, [`${amountText(price, currency, locale)} ${currency}`]],
    [labels.order, [ticket.orderId]],
  ];
  return facts.flatMap(([label, texts]) => {
    const lines = texts.filter((text) => typeof text === 'string');
    return lines.length === 0 ? [] : [[label, lines] as const];
  });
}

/** The dates in the event's zone; the doors where there is one date. */
function datesOf(sessions: readonly SessionRecord[], timezone: string, locale: Locale): string[] {
  const labels = labelsOf[locale];
  const lines = sessions.slice(0, MOST_DATES).map((session) => {
    const { name, state, doorsAt } = session;
    const doors = doorsAt === null ? '' : ` (${labels.doors} ${timeText(doorsAt, timezone)})`;
    const isOff = state === 'cancelled' ? ` – ${labels.cancelled}` : '';
    return `${whenText(session, timezone, locale)}${name === null ? '' : ` ${name}`}${doors}${isOff}`;
  });
  const more = sessions.length - lines.length;
  return [...lines, ...(more > 0 ? [`+${more}`] : []), timezone];
}
