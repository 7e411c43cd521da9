import type { EventRecord } from '../../events/index.ts';
import { isRefusal } from '../../kernel/index.ts';
import type { Locale } from '../../print/index.ts';
import { openTransfer, type TransferRecord } from '../../transfers/index.ts';
import type { OutboxRecord } from '../../webhooks/index.ts';
import { momentText } from '../when.ts';
import type { Draft } from './letter.ts';
import { linkToTransfer, oneLine, paragraphs, type Writing } from './writing.ts';

interface Offered {
  readonly transfer: TransferRecord;
  readonly email: string;
  readonly event: EventRecord;
  readonly code: string | null;
  readonly link: string | null;
}

/** An offer to an address; undefined: it is one to a user, or can be accepted no longer. */
export async function readOffered(
  writing: Writing,
  { subject }: Pick<OutboxRecord, 'subject'>,
): Promise<Offered | undefined> {
  const { tx, now } = writing;
  const transfer = await tx.transfers.transfers.find(subject);
  if (transfer === undefined || isRefusal(openTransfer(transfer, now))) return undefined;
  const event = await tx.events.events.find(transfer.eventId);
  if (event === undefined || transfer.toEmail === null) return undefined;
  const email = transfer.toEmail;
  return { transfer, email, event, ...linkToTransfer(writing, transfer, null) };
}

const words = {
  en: {
    subject: (giver: string, event: string) => `${giver} has tickets for you: ${event}`,
    offers: (giver: string, count: number, event: string) =>
      `${giver} offers you ${count === 1 ? 'a ticket' : `${count} tickets`} for ${event}:`,
    message: (giver: string, text: string) => `${giver} writes: “${text}”`,
    accept: 'Accept here',
    code: 'What accepts it',
    until: (when: string) => `The offer stands until ${when}, or until it is taken back.`,
    care: 'Whoever has this can accept it. If you do not want it, nothing is to be done.',
  },
  de: {
    subject: (giver: string, event: string) => `${giver} hat Tickets für Sie: ${event}`,
    offers: (giver: string, count: number, event: string) =>
      `${giver} bietet Ihnen ${count === 1 ? 'ein Ticket' : `${count} Tickets`} für ${event} an:`,
    message: (giver: string, text: string) => `${giver} schreibt: „${text}“`,
    accept: 'Hier annehmen',
    code: 'Zum Annehmen',
    until: (when: string) => `Das Angebot gilt bis ${when}, wenn es nicht zurückgenommen wird.`,
    care: 'Annehmen kann, wer das hier hat. Möchten Sie nichts davon, ist nichts zu tun.',
  },
} as const satisfies Record<Locale, object>;

/** Tickets that somebody offers, to the address that they are offered to. */
export function offeredLetter(
  { transfer, email, event, code, link }: Offered,
  { locale }: Pick<Writing, 'locale'>,
): Draft {
  const say = words[locale];
  const { id, tickets, message, expiresAt } = transfer;
  const giver = oneLine(transfer.fromName);
  const until = `${momentText(expiresAt, event.timezone, locale)} (${event.timezone})`;
  return {
    to: { name: null, email },
    subject: oneLine(say.subject(giver, event.name)),
    text: paragraphs(
      say.offers(giver, tickets.length, oneLine(event.name)),
      tickets.map(({ name, seat }) => [name, seat].filter(Boolean).join(', ')).join('\n'),
      message === null ? undefined : say.message(giver, oneLine(message)),
      link === null ? `${say.code}: ${code}` : `${say.accept}: ${link}`,
      say.until(until),
      say.care,
    ),
    orders: [],
    offer: { id, code, link, expiresAt },
    attachments: [],
  };
}
