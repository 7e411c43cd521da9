import type { EventRecord } from '../../events/index.ts';
import type { Locale } from '../../print/index.ts';
import {
  codeToSend,
  offerResource,
  type WaitlistEntryRecord,
  type WaitlistOffer,
} from '../../waitlist/index.ts';
import type { OutboxRecord } from '../../webhooks/index.ts';
import { momentText } from '../when.ts';
import type { Draft } from './letter.ts';
import { linkToOffer, oneLine, paragraphs, type Writing } from './writing.ts';

interface Waited {
  readonly offer: WaitlistOffer;
  readonly entry: WaitlistEntryRecord;
  readonly event: EventRecord;
  readonly typeName: string;
  readonly code: string;
  readonly link: string | null;
}

/** An offer of the waitlist; undefined: its code was used, or it stands no longer. */
export async function readWaited(
  writing: Writing,
  { subject }: Pick<OutboxRecord, 'subject'>,
): Promise<Waited | undefined> {
  const { tx, secrets, now } = writing;
  const found = await tx.waitlist.offers.find(subject);
  if (found === undefined) return undefined;
  const [entry, hold, event, type] = await Promise.all([
    tx.waitlist.entries.find(found.entryId),
    tx.inventory.holds.find(found.holdId),
    tx.events.events.find(found.eventId),
    tx.events.ticketTypes.find(found.ticketTypeId),
  ]);
  if (!entry || !hold || !event || !type) return undefined;
  const offer = offerResource({ offer: found, hold }, now);
  const code = codeToSend(secrets, offer);
  if (code === null || event.state === 'cancelled') return undefined;
  return { offer, entry, event, typeName: type.name, code, link: linkToOffer(writing, code) };
}

const words = {
  en: {
    subject: (event: string) => `Tickets are kept for you: ${event}`,
    hello: (name: string) => `Hello ${name},`,
    kept: (what: string, event: string) =>
      `you waited for ${event}, and this is kept for you:\n${what}`,
    claim: 'Take it here',
    code: 'The code that takes it',
    until: (when: string) => `It is kept until ${when}; after that the next has a turn.`,
    once: 'It can be taken once. Have the order done by then, too.',
    signIn: 'Sign in with the account with which you joined the waitlist.',
  },
  de: {
    subject: (event: string) => `Für Sie zurückgelegt: ${event}`,
    hello: (name: string) => `Guten Tag ${name},`,
    kept: (what: string, event: string) =>
      `Sie haben auf ${event} gewartet, und das ist für Sie zurückgelegt:\n${what}`,
    claim: 'Hier nehmen',
    code: 'Der Code dafür',
    until: (when: string) => `Es liegt bis ${when} bereit; danach kommt der Nächste zum Zug.`,
    once: 'Genommen werden kann es einmal. Auch die Bestellung muss bis dahin fertig sein.',
    signIn: 'Melden Sie sich mit dem Konto an, mit dem Sie sich auf die Warteliste gesetzt haben.',
  },
} as const satisfies Record<Locale, object>;

/** Places that are kept for somebody who waited, to them. */
export function waitlistLetter(
  { offer, entry, event, typeName, code, link }: Waited,
  { locale }: Pick<Writing, 'locale'>,
): Draft {
  const say = words[locale];
  const { id, quantity, expiresAt } = offer;
  const until = `${momentText(expiresAt, event.timezone, locale)} (${event.timezone})`;
  return {
    to: { name: entry.name, email: entry.email },
    subject: oneLine(say.subject(event.name)),
    text: paragraphs(
      say.hello(oneLine(entry.name)),
      say.kept(`${quantity} × ${oneLine(typeName)}`, oneLine(event.name)),
      link === null ? `${say.code}: ${code}` : `${say.claim}: ${link}`,
      say.until(until),
      say.once,
      entry.userId === null ? undefined : say.signIn,
    ),
    orders: [],
    offer: { id, code, link, expiresAt },
    attachments: [],
  };
}
