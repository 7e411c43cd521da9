import type { SessionRecord } from '../../events/index.ts';
import { amountText, dateText, timeText } from '../../print/index.ts';
import type { TicketRecord } from '../../tickets/index.ts';
import type { Admission } from '../admission.ts';
import { whenText } from '../when.ts';

interface Field {
  readonly key: string;
  readonly label: string | undefined;
  readonly value: string;
}

/** What stands on a pass, in its groups: front, and back. */
export function fieldsOf(
  { ticket, event, sessions }: Admission<TicketRecord>,
  next: SessionRecord | undefined,
): Readonly<Record<string, Field[]>> {
  const { timezone } = event;
  const { seat } = ticket;
  const dates = sessions.map((session) => {
    const name = session.name === null ? '' : ` ${session.name}`;
    const isOff = session.state === 'cancelled' ? ' (cancelled)' : '';
    return `${whenText(session, timezone, 'en')}${name}${isOff}`;
  });
  return {
    headerFields: fields([['date', 'DATE', next && dateText(next.startsAt, timezone, 'en')]]),
    primaryFields: fields([['event', undefined, event.name]]),
    secondaryFields: fields([
      ['venue', 'VENUE', event.venue],
      ['starts', 'STARTS', next && timeText(next.startsAt, timezone)],
      ['doors', 'DOORS', next?.doorsAt && timeText(next.doorsAt, timezone)],
    ]),
    auxiliaryFields: fields([
      ['name', 'NAME', ticket.attendee?.name ?? ticket.holderName],
      ['type', 'TICKET', ticket.name],
      ['section', 'SECTION', seat?.section],
      ['row', 'ROW', seat?.row],
      ['seat', 'SEAT', seat?.number],
    ]),
    backFields: fields([
      ['dates', 'Dates', [...dates, timezone].join('\n')],
      ['price', 'Price', `${amountText(ticket.price, ticket.currency, 'en')} ${ticket.currency}`],
      ['ticket', 'Ticket', ticket.id],
      ['order', 'Order', ticket.orderId],
    ]),
  };
}

type Written = readonly [key: string, label: string | undefined, value: string | null | undefined];

/** Those that have something to say. */
function fields(written: readonly Written[]): Field[] {
  return written.flatMap(([key, label, value]) => (value ? [{ key, label, value }] : []));
}
