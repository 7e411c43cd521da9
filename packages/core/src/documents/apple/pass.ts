import type { Instant } from '../../kernel/index.ts';
import type { TicketRecord } from '../../tickets/index.ts';
import type { Admission } from '../admission.ts';
import type { AppleWallet } from '../wallets.ts';
import { nextSession, toTheSecond } from '../when.ts';
import { fieldsOf } from './fields.ts';

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
  const { ticket, event, sessions, organizerName } = admission;
  const next = event.state === 'cancelled' ? undefined : nextSession(sessions, now);
  const reminds = event.state === 'postponed' ? undefined : next;
  const { colors, webService } = wallet;
  const { seat } = ticket;
  return {
    formatVersion: 1,
    passTypeIdentifier: wallet.passTypeIdentifier,
    teamIdentifier: wallet.teamIdentifier,
    organizationName: wallet.organizationName ?? organizerName,
    serialNumber: ticket.id,
    groupingIdentifier: ticket.orderId,
    description: `${event.name}: ${ticket.name}`,
    logoText: organizerName,
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
    eventTicket: fieldsOf(admission, next),
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
