import { isRefusal } from '../../kernel/index.ts';
import type { Locale } from '../../print/index.ts';
import type { OutboxRecord } from '../../webhooks/index.ts';
import { type Admission, admissionOf } from '../admission.ts';
import { type ForHolder, letterForHolder } from './for-holder.ts';
import { readHeld } from './held.ts';
import type { Draft } from './letter.ts';
import { linkTo, linkToTransfer, oneLine, type Writing } from './writing.ts';

/** A ticket with a new code; undefined: it is void by now, or the event is off. */
export async function readReissued(
  writing: Writing,
  { subject }: Pick<OutboxRecord, 'subject'>,
): Promise<ForHolder | undefined> {
  const admission = await admissionOf(writing, subject);
  if (isRefusal(admission)) return undefined;
  const held = await readHeld(writing, [admission], admission.ticket.createdAt);
  return held && { ...held, ...(await pageOf(writing, admission)) };
}

/** The page on which its holder sees the ticket: of the transfer that it came by, or of its order. */
async function pageOf(writing: Writing, { ticket }: Admission) {
  const { transferId, orderId, holderUserId } = ticket;
  if (transferId !== null) {
    const to = linkToTransfer(writing, { id: transferId }, holderUserId);
    return { link: to.link, orders: [], offer: { id: transferId, ...to, expiresAt: null } };
  }
  const order = await writing.tx.orders.orders.find(orderId);
  const link = order === undefined ? null : linkTo(writing, order);
  return { link, orders: [{ orderId, link }], offer: null };
}

const words = {
  en: {
    subject: (event: string) => `A new code for your ticket: ${event}`,
    renewed: (event: string) =>
      `your ticket for ${event} has a new code. The old one admits nobody any more: throw away what you printed or saved of it.`,
    page: 'Your ticket',
  },
  de: {
    subject: (event: string) => `Ein neuer Code für Ihr Ticket: ${event}`,
    renewed: (event: string) =>
      `Ihr Ticket für ${event} hat einen neuen Code. Mit dem alten kommt niemand mehr hinein: Werfen Sie weg, was Sie davon gedruckt oder gespeichert haben.`,
    page: 'Ihr Ticket',
  },
} as const satisfies Record<Locale, object>;

/** A ticket with its new code, to its holder. */
export function reissuedLetter(renewed: ForHolder, writing: Pick<Writing, 'locale'>): Draft {
  const say = words[writing.locale];
  const [{ event }] = renewed.admissions;
  return letterForHolder(
    renewed,
    {
      subject: say.subject(event.name),
      news: say.renewed(oneLine(event.name)),
      page: say.page,
    },
    writing,
  );
}
