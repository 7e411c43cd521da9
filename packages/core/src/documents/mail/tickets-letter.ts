import { isRefusal } from '../../kernel/index.ts';
import type { OrderRecord } from '../../orders/index.ts';
import { amountText, type Locale } from '../../print/index.ts';
import type { OutboxRecord } from '../../webhooks/index.ts';
import { type Admission, admissionsOfBuyer, coded } from '../admission.ts';
import { calendarOf } from '../calendar.ts';
import { ticketPdf } from '../ticket-pdf.ts';
import { whenText } from '../when.ts';
import type { Draft } from './letter.ts';
import { linkTo, oneLine, paragraphs, type Writing } from './writing.ts';

interface TicketsSent {
  readonly order: OrderRecord;
  readonly admissions: readonly Admission[];
  readonly link: string | null;
  readonly calendar: string;
  /** Undefined: codes rotate, or the library that draws it is not installed. */
  readonly pdf: Buffer | undefined;
}

/** A paid order and what its buyer still holds of it; undefined: nothing, or the event is off. */
export async function readTickets(
  writing: Writing,
  { subject }: Pick<OutboxRecord, 'subject'>,
): Promise<TicketsSent | undefined> {
  const order = await writing.tx.orders.orders.find(subject);
  if (order === undefined) return undefined;
  const admissions = await admissionsOfBuyer(writing, order);
  const [first] = admissions;
  if (first === undefined || first.event.state === 'cancelled') return undefined;
  const all = await coded(writing, admissions);
  return {
    order,
    admissions,
    link: linkTo(writing, order),
    calendar: calendarOf(admissions, order.paidAt ?? writing.now),
    pdf: isRefusal(all) ? undefined : await ticketPdf(all, writing.locale),
  };
}

const words = {
  en: {
    subject: (event: string) => `Your tickets for ${event}`,
    hello: (name: string) => `Hello ${name},`,
    here: (count: number, event: string) =>
      count === 1
        ? `here is your ticket for ${event}.`
        : `here are your ${count} tickets for ${event}.`,
    attached: 'They are attached to be printed, or shown at the door: whoever has a code comes in.',
    order: 'Your order',
  },
  de: {
    subject: (event: string) => `Ihre Tickets für ${event}`,
    hello: (name: string) => `Guten Tag ${name},`,
    here: (count: number, event: string) =>
      count === 1
        ? `hier ist Ihr Ticket für ${event}.`
        : `hier sind Ihre ${count} Tickets für ${event}.`,
    attached:
      'Sie hängen an, zum Drucken oder zum Zeigen am Einlass: Wer einen Code hat, kommt hinein.',
    order: 'Ihre Bestellung',
  },
} as const satisfies Record<Locale, object>;

/** The tickets of a paid order, to who bought them. */
export function ticketsLetter(
  { order, admissions, link, calendar, pdf }: TicketsSent,
  { locale }: Pick<Writing, 'locale'>,
): Draft {
  const say = words[locale];
  const event = admissions[0]?.event;
  const name = event?.name ?? '';
  const dates = new Map(
    admissions.flatMap((each) => each.sessions.map((session) => [session.id, session] as const)),
  );
  const when = [...dates.values()].map((session) =>
    whenText(session, event?.timezone ?? 'UTC', locale),
  );
  return {
    kind: 'tickets',
    to: { name: order.buyerName, email: order.buyerEmail },
    subject: oneLine(say.subject(name)),
    text: paragraphs(
      say.hello(order.buyerName),
      say.here(admissions.length, name),
      [...when.map((text) => `${text} (${event?.timezone})`), event?.venue ?? ''].join('\n').trim(),
      admissions.map((admission) => lineOf(admission, locale)).join('\n'),
      pdf && say.attached,
      link === null ? `${say.order}: ${order.id}` : `${say.order}: ${link}`,
    ),
    orders: [{ orderId: order.id, link }],
    attachments: [
      ...(pdf === undefined ? [] : [attached('tickets.pdf', 'application/pdf', pdf)]),
      attached('dates.ics', 'text/calendar; charset=utf-8', Buffer.from(calendar)),
    ],
  };
}

function attached(filename: string, contentType: string, content: Buffer) {
  return { filename, contentType, base64: content.toString('base64') };
}

function lineOf({ ticket }: Admission, locale: Locale): string {
  const { name, seat, attendee, price, currency } = ticket;
  const amount = `${amountText(price, currency, locale)} ${currency}`;
  return [name, seat?.label, attendee?.name, amount]
    .filter((part) => typeof part === 'string')
    .join(', ');
}
