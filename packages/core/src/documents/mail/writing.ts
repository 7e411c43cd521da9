import { guestToken, type ReadContext } from '../../kernel/index.ts';
import type { OrderRecord } from '../../orders/index.ts';
import type { Locale } from '../../print/index.ts';

/** What the writer of a letter has. */
export interface Writing extends Pick<ReadContext, 'tx' | 'secrets' | 'now'> {
  readonly locale: Locale;
  /** The host's page of an order, with `{orderId}` and `{accessToken}` in it. */
  readonly orderLink: string | undefined;
}

/** The link that opens an order to its buyer: a guest's has its token in it, and is made here only. */
export function linkTo(
  { secrets, orderLink }: Pick<Writing, 'secrets' | 'orderLink'>,
  { id, userId, holdId }: OrderRecord,
): string | null {
  if (orderLink === undefined) return null;
  const token = userId === null ? guestToken(secrets, holdId) : '';
  return orderLink
    .replaceAll('{orderId}', encodeURIComponent(id))
    .replaceAll('{accessToken}', encodeURIComponent(token));
}

/** One line: a subject with more of them would be more headers. */
export function oneLine(text: string): string {
  return text.replaceAll(/[\p{Cc}\s]+/gu, ' ').trim();
}

/** Paragraphs, those left out that have nothing to say. */
export function paragraphs(...texts: readonly (string | undefined)[]): string {
  return `${texts.filter((text) => text !== undefined && text !== '').join('\n\n')}\n`;
}
