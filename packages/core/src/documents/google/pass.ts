import { exponentOf, type Instant } from '../../kernel/index.ts';
import { Locale } from '../../print/index.ts';
import type { Admission, CodedAdmission } from '../admission.ts';
import type { GoogleWallet } from '../wallets.ts';
import { nextSession, onTheWall, whenText } from '../when.ts';

/** Decimal places of an amount as Google has it. */
const MICROS = 6;

const DATES: Readonly<Record<Locale, string>> = { en: 'Dates', de: 'Termine' };

/**
 * The class of a ticket's pass: what all tickets of its type have in common. Types say which
 * sessions a ticket opens, so the date is the same too.
 */
export function googleClass(
  { ticket, event, sessions, organizerName }: Admission,
  wallet: GoogleWallet,
  now: Instant,
): object {
  const next = nextSession(sessions, now);
  return {
    id: `${wallet.issuerId}.${ticket.ticketTypeId}`,
    eventId: event.id,
    issuerName: wallet.issuerName ?? organizerName,
    eventName: inEnglish(event.name),
    // What Google wants there is one place; the address is a part of its name here.
    venue:
      event.venue === null
        ? undefined
        : { name: inEnglish(event.venue), address: inEnglish(event.venue) },
    dateTime: next && {
      doorsOpen: next.doorsAt === null ? undefined : onTheWall(next.doorsAt, event.timezone),
      start: onTheWall(next.startsAt, event.timezone),
      end: onTheWall(next.endsAt, event.timezone),
    },
    logo: wallet.logo === undefined ? undefined : { sourceUri: { uri: wallet.logo } },
    hexBackgroundColor: wallet.background,
    reviewStatus: 'UNDER_REVIEW',
  };
}

/** The pass of one ticket, with its code. */
export function googleObject(admission: CodedAdmission, wallet: GoogleWallet): object {
  const { ticket, event, sessions, code } = admission;
  const { seat } = ticket;
  return {
    id: `${wallet.issuerId}.${ticket.id}`,
    classId: `${wallet.issuerId}.${ticket.ticketTypeId}`,
    state: 'ACTIVE',
    barcode: { type: 'QR_CODE', value: code },
    ticketHolderName: ticket.attendee?.name ?? ticket.holderName,
    ticketNumber: ticket.id,
    reservationInfo: { confirmationCode: ticket.orderId },
    ticketType: inEnglish(ticket.name),
    seatInfo:
      seat === null
        ? undefined
        : {
            section: inEnglish(seat.section),
            row: inEnglish(seat.row),
            seat: inEnglish(seat.number),
          },
    faceValue: { micros: micros(ticket.price, ticket.currency), currencyCode: ticket.currency },
    textModulesData:
      sessions.length < 2
        ? undefined
        : [
            {
              id: 'dates',
              localizedHeader: inEach((locale) => DATES[locale]),
              localizedBody: inEach((locale) =>
                sessions.map((each) => whenText(each, event.timezone, locale)).join('\n'),
              ),
            },
          ],
  };
}

/** What somebody wrote: shown as it is, whatever language the phone has. */
function inEnglish(value: string): object {
  return { defaultValue: { language: 'en', value } };
}

/** A text of Ticketi's own: English, but where the phone has another of its languages. */
function inEach(text: (locale: Locale) => string): object {
  const others = Locale.options.filter((locale) => locale !== 'en');
  return {
    ...inEnglish(text('en')),
    translatedValues: others.map((language) => ({ language, value: text(language) })),
  };
}

/** Minor units to millionths of the currency's unit, as text: they may be many. */
function micros(amount: number, currency: string): string {
  return String(BigInt(amount) * 10n ** BigInt(MICROS - exponentOf(currency)));
}
