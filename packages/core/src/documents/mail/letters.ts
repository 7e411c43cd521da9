import type { EventType, OutboxRecord } from '../../webhooks/index.ts';
import { accessLetter, readAccess } from './access-letter.ts';
import type { Draft, LetterKind } from './letter.ts';
import { readReissued, reissuedLetter } from './reissued-letter.ts';
import { readSold, soldLetter } from './sold-letter.ts';
import { readTickets, ticketsLetter } from './tickets-letter.ts';
import { acceptedLetter, readAccepted } from './transfer-accepted-letter.ts';
import { offeredLetter, readOffered } from './transfer-offer-letter.ts';
import { readTransferred, transferredLetter } from './transferred-letter.ts';
import { readWaited, waitlistLetter } from './waitlist-letter.ts';
import type { Writing } from './writing.ts';

/** Reads what a letter takes, and writes it; undefined: by now there is nothing to say. */
type Compose = (writing: Writing, fact: OutboxRecord) => Promise<Draft | undefined>;

/** Of each kind one: a letter's id is that of its fact and its kind. */
type Letters = Partial<Record<LetterKind, Compose>>;

/** Reading is a shell's work, what is said a pure function of what was read. */
function letter<Read>(
  read: (writing: Writing, fact: OutboxRecord) => Promise<Read | undefined>,
  say: (about: Read, writing: Pick<Writing, 'locale'>) => Draft,
): Compose {
  return async (writing, fact) => {
    const about = await read(writing, fact);
    return about && say(about, writing);
  };
}

/** The facts that somebody gets a letter of. */
const letters: Partial<Record<EventType, Letters>> = {
  'order.paid': { tickets: letter(readTickets, ticketsLetter) },
  'order.access_requested': { order_access: letter(readAccess, accessLetter) },
  'transfer.offered': { transfer_offer: letter(readOffered, offeredLetter) },
  'transfer.accepted': {
    transferred_tickets: letter(readTransferred, transferredLetter),
    transfer_accepted: letter(readAccepted, acceptedLetter),
  },
  'ticket.reissued': { reissued_ticket: letter(readReissued, reissuedLetter) },
  'listing.sold': { ticket_sold: letter(readSold, soldLetter) },
  'waitlist.offered': { waitlist_offer: letter(readWaited, waitlistLetter) },
};

export const LETTER_FACTS = Object.keys(letters) as EventType[];

/** The letters of a fact; none of a type that this version does not know. */
export function lettersOf(type: string): [LetterKind, Compose][] {
  const own = Object.hasOwn(letters, type) ? letters[type as EventType] : undefined;
  return Object.entries(own ?? {}) as [LetterKind, Compose][];
}
