import { guestToken, type ReadContext } from '../../kernel/index.ts';
import type { OrderRecord } from '../../orders/index.ts';
import type { Locale } from '../../print/index.ts';
import type { TransferRecord } from '../../transfers/index.ts';

/** The host's pages, with the names of what goes in where. */
interface Links {
  /** Of an order: `{orderId}`, `{accessToken}`. */
  readonly orderLink?: string | undefined;
  /** Of an offer of tickets, and of these once it is accepted: `{transferId}`, `{accessToken}`. */
  readonly transferLink?: string | undefined;
  /** Where an offer of the waitlist is claimed: `{code}`. */
  readonly offerLink?: string | undefined;
}

/** What the writer of a letter has. */
export interface Writing extends Pick<ReadContext, 'tx' | 'secrets' | 'now'> {
  readonly locale: Locale;
  readonly links: Links;
}

type Linking = Pick<Writing, 'secrets' | 'links'>;

/** The link that opens an order to its buyer: a guest's has its token in it, and is made here only. */
export function linkTo(
  { secrets, links }: Linking,
  { id, userId, holdId }: OrderRecord,
): string | null {
  const accessToken = userId === null ? guestToken(secrets, holdId) : '';
  return filled(links.orderLink, { orderId: id, accessToken });
}

/**
 * The link to a transfer and, of a guest, the token that accepts it and opens its tickets
 * from then on. A user signs in.
 */
export function linkToTransfer(
  { secrets, links }: Linking,
  { id: transferId }: Pick<TransferRecord, 'id'>,
  userId: string | null,
): { readonly code: string | null; readonly link: string | null } {
  const code = userId === null ? guestToken(secrets, transferId) : null;
  return { code, link: filled(links.transferLink, { transferId, accessToken: code ?? '' }) };
}

/** The link that claims an offer of the waitlist. */
export function linkToOffer({ links }: Pick<Writing, 'links'>, code: string): string | null {
  return filled(links.offerLink, { code });
}

function filled(
  template: string | undefined,
  values: Readonly<Record<string, string>>,
): string | null {
  if (template === undefined) return null;
  return Object.entries(values).reduce(
    (link, [name, value]) => link.replaceAll(`{${name}}`, encodeURIComponent(value)),
    template,
  );
}

/** One line: a subject with more of them would be more headers. */
export function oneLine(text: string): string {
  return text.replaceAll(/[\p{Cc}\s]+/gu, ' ').trim();
}

/** Paragraphs, those left out that have nothing to say. */
export function paragraphs(...texts: readonly (string | undefined)[]): string {
  return `${texts.filter((text) => text !== undefined && text !== '').join('\n\n')}\n`;
}
