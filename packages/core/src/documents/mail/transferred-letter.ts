import type { Locale } from '../../print/index.ts';
import type { TransferRecord } from '../../transfers/index.ts';
import type { OutboxRecord } from '../../webhooks/index.ts';
import { admissionsOfTransfer } from '../admission.ts';
import { type ForHolder, letterForHolder } from './for-holder.ts';
import { readHeld } from './held.ts';
import type { Draft } from './letter.ts';
import { linkToTransfer, oneLine, type Writing } from './writing.ts';

interface Transferred extends ForHolder {
  readonly transfer: TransferRecord;
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
  const to = linkToTransfer(writing, transfer, holderUserId);
  const offer = { id: transfer.id, ...to, expiresAt: null };
  return { ...held, transfer, link: to.link, orders: [], offer };
}

const words = {
  en: {
    subject: (event: string) => `Your tickets for ${event}`,
    yours: (giver: string, count: number, event: string) =>
      count === 1
        ? `the ticket of ${giver} for ${event} is yours now.`
        : `${count} tickets of ${giver} for ${event} are yours now.`,
    page: 'Your tickets',
  },
  de: {
    subject: (event: string) => `Ihre Tickets für ${event}`,
    yours: (giver: string, count: number, event: string) =>
      count === 1
        ? `das Ticket von ${giver} für ${event} gehört jetzt Ihnen.`
        : `${count} Tickets von ${giver} für ${event} gehören jetzt Ihnen.`,
    page: 'Ihre Tickets',
  },
} as const satisfies Record<Locale, object>;

/** Tickets that were accepted, to who holds them now. */
export function transferredLetter(
  { transfer, ...theirs }: Transferred,
  writing: Pick<Writing, 'locale'>,
): Draft {
  const say = words[writing.locale];
  const [{ event }] = theirs.admissions;
  const giver = oneLine(transfer.fromName);
  return letterForHolder(
    theirs,
    {
      subject: say.subject(event.name),
      news: say.yours(giver, theirs.admissions.length, oneLine(event.name)),
      page: say.page,
    },
    writing,
  );
}
