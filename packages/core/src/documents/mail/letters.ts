import type { EventType, OutboxRecord } from '../../webhooks/index.ts';
import { accessLetter, readAccess } from './access-letter.ts';
import type { Draft } from './letter.ts';
import { readTickets, ticketsLetter } from './tickets-letter.ts';
import type { Writing } from './writing.ts';

/** Reads what a letter takes, and writes it; undefined: by now there is nothing to say. */
type Compose = (writing: Writing, fact: OutboxRecord) => Promise<Draft | undefined>;

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
export const letters: Partial<Record<EventType, readonly Compose[]>> = {
  'order.paid': [letter(readTickets, ticketsLetter)],
  'order.access_requested': [letter(readAccess, accessLetter)],
};

export const LETTER_FACTS = Object.keys(letters) as EventType[];
