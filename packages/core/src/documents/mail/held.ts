import { type Instant, isRefusal } from '../../kernel/index.ts';
import { amountText, type Locale } from '../../print/index.ts';
import { type Admission, coded } from '../admission.ts';
import { calendarOf } from '../calendar.ts';
import { ticketPdf } from '../ticket-pdf.ts';
import { whenText } from '../when.ts';
import type { Draft } from './letter.ts';
import { paragraphs, type Writing } from './writing.ts';

/** Tickets as a letter brings them to their holder. */
export interface HeldTickets {
  readonly admissions: readonly [Admission, ...Admission[]];
  readonly calendar: string;
  /** Undefined: codes rotate, or the library that draws it is not installed. */
  readonly pdf: Buffer | undefined;
  /** A code that is kept would be refused at the door, so none is in the letter. */
  readonly rotates: boolean;
}

/** What a letter brings of valid tickets; undefined: there are none, or the event is off. */
export async function readHeld(
  writing: Writing,
  admissions: readonly Admission[],
  since: Instant,
): Promise<HeldTickets | undefined> {
  const [first, ...others] = admissions;
  if (first === undefined || first.event.state === 'cancelled') return undefined;
  const all = await coded(writing, admissions);
  const rotates = isRefusal(all);
  return {
    admissions: [first, ...others],
    calendar: calendarOf(admissions, since),
    pdf: rotates ? undefined : await ticketPdf(all, writing.locale),
    rotates,
  };
}

const words = {
  en: {
    attached: 'They are attached to be printed, or shown at the door: whoever has a code comes in.',
    rotates:
      'The codes of this event change every few seconds, so none is attached: show yours from your phone at the door.',
  },
  de: {
    attached:
      'Sie hängen an, zum Drucken oder zum Zeigen am Einlass: Wer einen Code hat, kommt hinein.',
    rotates:
      'Die Codes dieser Veranstaltung wechseln alle paar Sekunden, darum hängt keiner an: Zeigen Sie Ihren am Einlass auf dem Telefon.',
  },
} as const satisfies Record<Locale, object>;

/** When and where, which tickets, and where their codes are; with what was paid, if that is the reader’s own. */
export function textOfHeld(
  { admissions, pdf, rotates }: HeldTickets,
  locale: Locale,
  { prices = false }: { readonly prices?: boolean } = {},
): string {
  const [{ event }] = admissions;
  const dates = new Map(
    admissions.flatMap((each) => each.sessions.map((session) => [session.id, session] as const)),
  );
  const when = [...dates.values()].map((session) => whenText(session, event.timezone, locale));
  const say = words[locale];
  return paragraphs(
    [...when.map((text) => `${text} (${event.timezone})`), event.venue ?? ''].join('\n').trim(),
    admissions.map((admission) => lineOf(admission, locale, prices)).join('\n'),
    rotates ? say.rotates : pdf && say.attached,
  ).trim();
}

export function attachmentsOf({ pdf, calendar }: HeldTickets): Draft['attachments'] {
  return [
    ...(pdf === undefined ? [] : [attached('tickets.pdf', 'application/pdf', pdf)]),
    attached('dates.ics', 'text/calendar; charset=utf-8', Buffer.from(calendar)),
  ];
}

function attached(filename: string, contentType: string, content: Buffer) {
  return { filename, contentType, base64: content.toString('base64') };
}

function lineOf({ ticket }: Admission, locale: Locale, prices: boolean): string {
  const { name, seat, attendee, price, currency } = ticket;
  const amount = prices ? `${amountText(price, currency, locale)} ${currency}` : undefined;
  return [name, seat?.label, attendee?.name, amount]
    .filter((part) => typeof part === 'string')
    .join(', ');
}
