import type { Locale } from '../../print/index.ts';
import { attachmentsOf, type HeldTickets, textOfHeld } from './held.ts';
import type { Draft } from './letter.ts';
import { oneLine, paragraphs, type Writing } from './writing.ts';

/** Tickets that were passed on to their holder, or have a new code, and where they are seen. */
export interface ForHolder extends HeldTickets, Pick<Draft, 'orders' | 'offer'> {
  /** The page that shows them; null: the host has named none. */
  readonly link: string | null;
}

/** What a letter to a holder says of its own. */
interface Said {
  readonly subject: string;
  /** What became of the tickets. */
  readonly news: string;
  /** What the link leads to. */
  readonly page: string;
}

const words = {
  en: { hello: (name: string) => `Hello ${name},` },
  de: { hello: (name: string) => `Guten Tag ${name},` },
} as const satisfies Record<Locale, object>;

/** Tickets to who holds them: what became of them, what they are, and where they are seen. */
export function letterForHolder(
  { link, orders, offer, ...held }: ForHolder,
  { subject, news, page }: Said,
  { locale }: Pick<Writing, 'locale'>,
): Draft {
  const [{ ticket }] = held.admissions;
  return {
    to: { name: ticket.holderName, email: ticket.holderEmail },
    subject: oneLine(subject),
    text: paragraphs(
      words[locale].hello(oneLine(ticket.holderName)),
      news,
      textOfHeld(held, locale),
      link === null ? undefined : `${page}: ${link}`,
    ),
    orders,
    offer,
    attachments: attachmentsOf(held),
  };
}
