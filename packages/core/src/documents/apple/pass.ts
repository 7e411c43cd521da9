import type { Instant } from '../../kernel/index.ts';
import type { Locale } from '../../print/index.ts';
import type { TicketRecord } from '../../tickets/index.ts';
import type { Admission } from '../admission.ts';
import type { AppleWallet } from '../wallets.ts';
import { nextSession, toTheSecond } from '../when.ts';
import { fieldsOf } from './fields.ts';
import { type Translation, translations } from './strings.ts';

/**
 * What `pass.json` says of a ticket. Without a code it has no barcode and says
 * that it is void: so devices learn that the ticket is. What is undefined is left out.
 */
export function applePass(
  admission: Admission<TicketRecord>,
  code: string | undefined,
  wallet: AppleWallet,
  now: Instant,
): object {
  const { ticket, event, sessions } = admission;
  const next = nextOf(admission, now);
  const reminds = event.state === 'postponed' ? undefined : next;
  const { colors, webService } = wallet;
  const { seat } = ticket;
  return {
    formatVersion: 1,
    passTypeIdentifier: wallet.passTypeIdentifier,
    teamIdentifier: wallet.teamIdentifier,
    ...namesOf(admission, wallet),
    serialNumber: ticket.id,
    groupingIdentifier: ticket.orderId,
    voided: code === undefined || next === undefined,
    relevantDate: reminds && toTheSecond(reminds.startsAt),
    relevantDates:
      reminds &&
      sessions
        .filter(({ state }) => state === 'scheduled')
        .map(({ startsAt, endsAt }) => ({
          startDate: toTheSecond(startsAt),
          endDate: toTheSecond(endsAt),
        })),
    barcodes:
      code === undefined
        ? undefined
        : [{ format: 'PKBarcodeFormatQR', message: code, messageEncoding: 'iso-8859-1' }],
    backgroundColor: colors?.background,
    foregroundColor: colors?.foreground,
    labelColor: colors?.label,
    webServiceURL: webService?.url,
    authenticationToken: webService?.authenticationToken(ticket.id),
    eventTicket: fieldsOf(admission, next, 'en'),
    semantics: {
      eventName: event.name,
      venueName: event.venue ?? undefined,
      eventStartDate: next && toTheSecond(next.startsAt),
      eventEndDate: next && toTheSecond(next.endsAt),
      seats:
        seat === null
          ? undefined
          : [{ seatSection: seat.section, seatRow: seat.row, seatNumber: seat.number }],
    },
  };
}

/** The same pass in other languages than that of `pass.json`: what it says there, and what in its place. */
export function passStrings(
  admission: Admission<TicketRecord>,
  wallet: AppleWallet,
  now: Instant,
): Translation[] {
  const next = nextOf(admission, now);
  const textsIn = (locale: Locale) =>
    Object.values(fieldsOf(admission, next, locale))
      .flat()
      .flatMap(({ label, value }) => (label === undefined ? [value] : [label, value]));
  return translations(textsIn, Object.values(namesOf(admission, wallet)));
}

/** What names the pass: as its organizer wrote it, in whatever language that is. */
function namesOf({ ticket, event, organizerName }: Admission<TicketRecord>, wallet: AppleWallet) {
  return {
    organizationName: wallet.organizationName ?? organizerName,
    description: `${event.name}: ${ticket.name}`,
    logoText: organizerName,
  };
}

function nextOf({ event, sessions }: Admission<TicketRecord>, now: Instant) {
  return event.state === 'cancelled' ? undefined : nextSession(sessions, now);
}
