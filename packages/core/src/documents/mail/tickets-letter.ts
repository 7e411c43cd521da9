import type { OrderRecord } from '../../orders/index.ts';
import type { Locale } from '../../print/index.ts';
import type { OutboxRecord } from '../../webhooks/index.ts';
import { admissionsOfBuyer } from '../admission.ts';
import { attachmentsOf, type HeldTickets, readHeld, textOfHeld } from './held.ts';
import type { Draft } from './letter.ts';
import { linkTo, oneLine, paragraphs, type Writing } from './writing.ts';

interface TicketsSent extends HeldTickets {
  readonly order: OrderRecord;
  readonly link: string | null;
}

/** A paid order and what its buyer still holds of it; undefined: nothing, or the event is off. */
export async function readTickets(
  writing: Writing,
  { subject }: Pick<OutboxRecord, 'subject'>,
): Promise<TicketsSent | undefined> {
  const order = await writing.tx.orders.orders.find(subject);
  if (order === undefined) return undefined;
  const admissions = await admissionsOfBuyer(writing, order);
  const held = await readHeld(writing, admissions, order.paidAt ?? writing.now);
  return held && { ...held, order, link: linkTo(writing, order) };
}

const words = {
  en: {
    subject: (event: string) => `Your tickets for ${event}`,
    hello: (name: string) => `Hello ${name},`,
    here: (count: number, event: string) =>
      count === 1
        ? `here is your ticket for ${event}.`
        : `here are your ${count} tickets for ${event}.`,
    order: 'Your order',
  },
  de: {
    subject: (event: string) => `Ihre Tickets für ${event}`,
    hello: (name: string) => `Guten Tag ${name},`,
    here: (count: number, event: string) =>
      count === 1
        ? `hier ist Ihr Ticket für ${event}.`
        : `hier sind Ihre ${count} Tickets für ${event}.`,
    order: 'Ihre Bestellung',
  },
} as const satisfies Record<Locale, object>;

/** The tickets of a paid order, to who bought them. */
export function ticketsLetter(
  { order, link, ...held }: TicketsSent,
  { locale }: Pick<Writing, 'locale'>,
): Draft {
  const say = words[locale];
  const [{ event }] = held.admissions;
  return {
    to: { name: order.buyerName, email: order.buyerEmail },
    subject: oneLine(say.subject(event.name)),
    text: paragraphs(
      say.hello(order.buyerName),
      say.here(held.admissions.length, event.name),
      textOfHeld(held, locale, { prices: true }),
      `${say.order}: ${link ?? order.id}`,
    ),
    orders: [{ orderId: order.id, link }],
    offer: null,
    attachments: attachmentsOf(held),
  };
}
