import type { EventRecord } from '../../events/index.ts';
import { amountText, type Locale } from '../../print/index.ts';
import { type ListingRecord, saleOfListing } from '../../resale/index.ts';
import type { OutboxRecord } from '../../webhooks/index.ts';
import type { Draft } from './letter.ts';
import { oneLine, paragraphs, type Writing } from './writing.ts';

interface Sold {
  readonly listing: ListingRecord;
  readonly event: EventRecord;
}

/** A listing that was sold, for its seller; undefined: the event is off, and with it the sale. */
export async function readSold(
  { tx }: Pick<Writing, 'tx'>,
  { subject }: Pick<OutboxRecord, 'subject'>,
): Promise<Sold | undefined> {
  const listing = await tx.resale.listings.find(subject);
  if (listing?.state !== 'sold') return undefined;
  const event = await tx.events.events.find(listing.eventId);
  return event === undefined || event.state === 'cancelled' ? undefined : { listing, event };
}

const words = {
  en: {
    subject: (event: string) => `Your ticket is sold: ${event}`,
    hello: (name: string) => `Hello ${name},`,
    sold: (ticket: string, event: string) =>
      `your ticket for ${event} (${ticket}) is sold. Its code admits nobody any more.`,
    gets: (amount: string, price: string) => `Of the price of ${price} you get ${amount}.`,
    refund_and_rebuy:
      'It goes back to what you paid with, as far as you paid the ticket that way; the rest is paid out to you.',
    payout_after_event: 'It is paid out to you when the event is over.',
  },
  de: {
    subject: (event: string) => `Ihr Ticket ist verkauft: ${event}`,
    hello: (name: string) => `Guten Tag ${name},`,
    sold: (ticket: string, event: string) =>
      `Ihr Ticket für ${event} (${ticket}) ist verkauft. Mit seinem Code kommt niemand mehr hinein.`,
    gets: (amount: string, price: string) => `Vom Preis von ${price} erhalten Sie ${amount}.`,
    refund_and_rebuy:
      'Das geht auf das Zahlungsmittel zurück, soweit Sie das Ticket damit bezahlt haben; der Rest wird Ihnen ausgezahlt.',
    payout_after_event: 'Das wird Ihnen nach der Veranstaltung ausgezahlt.',
  },
} as const satisfies Record<Locale, object>;

/** That a ticket is sold, and what they get for it, to who sold it. */
export function soldLetter({ listing, event }: Sold, { locale }: Pick<Writing, 'locale'>): Draft {
  const say = words[locale];
  const { name, seatLabel, sellerName, sellerEmail, currency, terms } = listing;
  const { price, sellerGets } = saleOfListing(listing);
  const money = (amount: number) => `${amountText(amount, currency, locale)} ${currency}`;
  const ticket = [name, seatLabel].filter((part) => part !== null).join(', ');
  return {
    to: { name: sellerName, email: sellerEmail },
    subject: oneLine(say.subject(event.name)),
    text: paragraphs(
      say.hello(oneLine(sellerName)),
      say.sold(ticket, oneLine(event.name)),
      say.gets(money(sellerGets), money(price)),
      sellerGets === 0 ? undefined : say[terms.settlement],
    ),
    orders: [],
    offer: null,
    attachments: [],
  };
}
