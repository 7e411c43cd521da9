import type { EventRecord } from '../../events/index.ts';
import { sumOf } from '../../kernel/index.ts';
import { amountText, type Locale } from '../../print/index.ts';
import { isSold, type SoldListing, saleOfListing, soldTogether } from '../../resale/index.ts';
import type { OutboxRecord } from '../../webhooks/index.ts';
import type { Draft } from './letter.ts';
import { oneLine, paragraphs, type Writing } from './writing.ts';

interface Sold {
  /** All of the sale. */
  readonly listings: readonly [SoldListing, ...SoldListing[]];
  readonly event: EventRecord;
}

/**
 * What was sold in one sale, for its seller. Each listing has a fact of its own; the letter is
 * that of the first of them. Undefined: it is another one's, or the event is off, and with it
 * the sale.
 */
export async function readSold(
  writing: Pick<Writing, 'tx'>,
  { subject }: Pick<OutboxRecord, 'subject'>,
): Promise<Sold | undefined> {
  const { tx } = writing;
  const listing = await tx.resale.listings.find(subject);
  if (listing === undefined || !isSold(listing)) return undefined;
  const [first, ...others] = await soldTogether(writing, listing);
  if (first?.id !== listing.id) return undefined;
  const event = await tx.events.events.find(listing.eventId);
  if (event === undefined || event.state === 'cancelled') return undefined;
  return { listings: [first, ...others], event };
}

const words = {
  en: {
    subject: (count: number, event: string) =>
      count === 1 ? `Your ticket is sold: ${event}` : `Your tickets are sold: ${event}`,
    hello: (name: string) => `Hello ${name},`,
    sold: (count: number, event: string) =>
      count === 1
        ? `your ticket for ${event} is sold. Its code admits nobody any more.`
        : `your ${count} tickets for ${event} are sold. Their codes admit nobody any more.`,
    gets: (amount: string, price: string) => `Of the price of ${price} you get ${amount}.`,
    refund_and_rebuy:
      'It goes back to what you paid with, as far as you paid the ticket that way; the rest is paid out to you.',
    payout_after_event: 'It is paid out to you when the event is over.',
  },
  de: {
    subject: (count: number, event: string) =>
      count === 1 ? `Ihr Ticket ist verkauft: ${event}` : `Ihre Tickets sind verkauft: ${event}`,
    hello: (name: string) => `Guten Tag ${name},`,
    sold: (count: number, event: string) =>
      count === 1
        ? `Ihr Ticket für ${event} ist verkauft. Mit seinem Code kommt niemand mehr hinein.`
        : `Ihre ${count} Tickets für ${event} sind verkauft. Mit ihren Codes kommt niemand mehr hinein.`,
    gets: (amount: string, price: string) => `Vom Preis von ${price} erhalten Sie ${amount}.`,
    refund_and_rebuy:
      'Das geht auf das Zahlungsmittel zurück, soweit Sie das Ticket damit bezahlt haben; der Rest wird Ihnen ausgezahlt.',
    payout_after_event: 'Das wird Ihnen nach der Veranstaltung ausgezahlt.',
  },
} as const satisfies Record<Locale, object>;

/** That tickets are sold, and what they get for them, to who sold them. */
export function soldLetter({ listings, event }: Sold, { locale }: Pick<Writing, 'locale'>): Draft {
  const say = words[locale];
  const [{ sellerName, sellerEmail, currency }] = listings;
  const money = (amount: number) => `${amountText(amount, currency, locale)} ${currency}`;
  const getsOf = (its: readonly SoldListing[]) =>
    sumOf(its, (listing) => saleOfListing(listing).sellerGets);
  // Types may have terms of their own, and so be settled in ways of their own.
  const settled = [...new Set(listings.map(({ terms }) => terms.settlement))]
    .map((way) => ({ way, gets: getsOf(listings.filter(({ terms }) => terms.settlement === way)) }))
    .filter(({ gets }) => gets > 0);
  return {
    to: { name: sellerName, email: sellerEmail },
    subject: oneLine(say.subject(listings.length, event.name)),
    text: paragraphs(
      say.hello(oneLine(sellerName)),
      say.sold(listings.length, oneLine(event.name)),
      listings
        .map(({ name, seatLabel }) => [name, seatLabel].filter((part) => part !== null).join(', '))
        .join('\n'),
      say.gets(money(getsOf(listings)), money(sumOf(listings, ({ price }) => price))),
      settled
        .map(({ way, gets }) => (settled.length === 1 ? say[way] : `${money(gets)}: ${say[way]}`))
        .join('\n'),
    ),
    orders: [],
    offer: null,
    attachments: [],
  };
}
