import type { Locale } from '../../print/index.ts';
import type { TransferRecord } from '../../transfers/index.ts';
import type { OutboxRecord } from '../../webhooks/index.ts';
import { admissionsOfTransfer } from '../admission.ts';
import { attachmentsOf, type HeldTickets, readHeld, textOfHeld } from './held.ts';
import type { Draft } from './letter.ts';
import { linkToTransfer, oneLine, paragraphs, type Writing } from './writing.ts';

interface Transferred extends HeldTickets {
  readonly transfer: TransferRecord;
  readonly code: string | null;
  readonly link: string | null;
}

/** What the new holder still has of an accepted offer; undefined: nothing, or the event is off. */
export async function readTransferred(
  writing: Writing,
  { subject }: Pick<OutboxRecord, 'subject'>,
): Promise<Transferred | undefined> {
  const transfer = await writing.tx.transfers.transfers.find(subject);
  if (transfer?.state !== 'accepted') return undefined;
  const admissions = await admissionsOfTransfer(writing, transfer);
  const held = await readHeld(writing, admissions, transfer.closedAt);
  if (held === undefined) return undefined;
  const { holderUserId } = held.admissions[0].ticket;
  return { ...held, transfer, ...linkToTransfer(writing, transfer, holderUserId) };
}

const words = {
  en: {
    subject: (event: string) => `Your tickets for ${event}`,
    hello: (name: string) => `Hello ${name},`,
    yours: (giver: string, count: number, event: string) =>
      count === 1
        ? `the ticket of ${giver} for ${event} is yours now.`
        : `${count} tickets of ${giver} for ${event} are yours now.`,
    page: 'Your tickets',
  },
  de: {
    subject: (event: string) => `Ihre Tickets für ${event}`,
    hello: (name: string) => `Guten Tag ${name},`,
    yours: (giver: string, count: number, event: string) =>
      count === 1
        ? `das Ticket von ${giver} für ${event} gehört jetzt Ihnen.`
        : `${count} Tickets von ${giver} für ${event} gehören jetzt Ihnen.`,
    page: 'Ihre Tickets',
  },
} as const satisfies Record<Locale, object>;

/** Tickets that were accepted, to who holds them now. */
export function transferredLetter(
  { transfer, code, link, ...held }: Transferred,
  { locale }: Pick<Writing, 'locale'>,
): Draft {
  const say = words[locale];
  const [{ event, ticket }] = held.admissions;
  return {
    to: { name: ticket.holderName, email: ticket.holderEmail },
    subject: oneLine(say.subject(event.name)),
    text: paragraphs(
      say.hello(oneLine(ticket.holderName)),
      say.yours(oneLine(transfer.fromName), held.admissions.length, oneLine(event.name)),
      textOfHeld(held, locale),
      link === null ? undefined : `${say.page}: ${link}`,
    ),
    orders: [],
    offer: { id: transfer.id, code, link, expiresAt: null },
    attachments: attachmentsOf(held),
  };
}
