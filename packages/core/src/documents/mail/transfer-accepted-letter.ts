import type { EventRecord } from '../../events/index.ts';
import type { Locale } from '../../print/index.ts';
import type { TransferRecord } from '../../transfers/index.ts';
import type { OutboxRecord } from '../../webhooks/index.ts';
import type { Draft } from './letter.ts';
import { oneLine, paragraphs, type Writing } from './writing.ts';

interface Accepted {
  readonly transfer: TransferRecord;
  readonly event: EventRecord;
  /** Who accepted, as they called themselves. */
  readonly holderName: string;
}

/** An accepted offer, for who made it. */
export async function readAccepted(
  { tx }: Pick<Writing, 'tx'>,
  { subject }: Pick<OutboxRecord, 'subject'>,
): Promise<Accepted | undefined> {
  const transfer = await tx.transfers.transfers.find(subject);
  if (transfer?.state !== 'accepted') return undefined;
  const [ticket] = await tx.tickets.tickets.findMany(transfer.acceptedTicketIds.slice(0, 1));
  const event = await tx.events.events.find(transfer.eventId);
  return ticket && event && { transfer, event, holderName: ticket.holderName };
}

const words = {
  en: {
    subject: (holder: string, event: string) => `${holder} has accepted: ${event}`,
    hello: (name: string) => `Hello ${name},`,
    theirs: (holder: string, count: number, event: string) =>
      count === 1
        ? `${holder} has accepted your ticket for ${event}. Its old code admits nobody any more.`
        : `${holder} has accepted your ${count} tickets for ${event}. Their old codes admit nobody any more.`,
  },
  de: {
    subject: (holder: string, event: string) => `${holder} hat angenommen: ${event}`,
    hello: (name: string) => `Guten Tag ${name},`,
    theirs: (holder: string, count: number, event: string) =>
      count === 1
        ? `${holder} hat Ihr Ticket für ${event} angenommen. Mit dem alten Code kommt niemand mehr hinein.`
        : `${holder} hat Ihre ${count} Tickets für ${event} angenommen. Mit den alten Codes kommt niemand mehr hinein.`,
  },
} as const satisfies Record<Locale, object>;

/** That tickets are somebody else's now, to who gave them. No code and no token is in it. */
export function acceptedLetter(
  { transfer, event, holderName }: Accepted,
  { locale }: Pick<Writing, 'locale'>,
): Draft {
  const say = words[locale];
  const { id, tickets, fromName, fromEmail } = transfer;
  const holder = oneLine(holderName);
  return {
    to: { name: fromName, email: fromEmail },
    subject: oneLine(say.subject(holder, event.name)),
    text: paragraphs(
      say.hello(oneLine(fromName)),
      say.theirs(holder, tickets.length, oneLine(event.name)),
    ),
    orders: [],
    offer: { id, code: null, link: null, expiresAt: null },
    attachments: [],
  };
}
