import type { SessionRecord } from '../../events/index.ts';
import { amountText, dateText, type Locale, timeText } from '../../print/index.ts';
import type { TicketRecord } from '../../tickets/index.ts';
import type { Admission } from '../admission.ts';
import { whenText } from '../when.ts';
import { labelsOf } from './labels.ts';

interface Field {
  readonly key: string;
  readonly label: string | undefined;
  readonly value: string;
}

/** What stands on a pass, in its groups: front, and back. */
export function fieldsOf(
  { ticket, event, sessions }: Admission<TicketRecord>,
  next: SessionRecord | undefined,
  locale: Locale,
): Readonly<Record<string, Field[]>> {
  const { timezone } = event;
  const { seat } = ticket;
  const labels = labelsOf[locale];
  const dates = sessions.map((session) => {
    const name = session.name === null ? '' : ` ${session.name}`;
    const isOff = session.state === 'cancelled' ? ` (${labels.cancelled})` : '';
    return `${whenText(session, timezone, locale)}${name}${isOff}`;
  });
  return {
    headerFields: fields([
      ['date', labels.date, next && dateText(next.startsAt, timezone, locale)],
    ]),
    primaryFields: fields([['event', undefined, event.name]]),
    secondaryFields: fields([
      ['venue', labels.venue, event.venue],
      ['starts', labels.starts, next && timeText(next.startsAt, timezone)],
      ['doors', labels.doors, next?.doorsAt && timeText(next.doorsAt, timezone)],
    ]),
    auxiliaryFields: fields([
      ['name', labels.name, ticket.attendee?.name ?? ticket.holderName],
      ['type', labels.type, ticket.name],
      ['section', labels.section, seat?.section],
      ['row', labels.row, seat?.row],
      ['seat', labels.seat, seat?.number],
    ]),
    backFields: fields([
      ['dates', labels.dates, [...dates, timezone].join('\n')],
      [
        'price',
        labels.price,
        `${amountText(ticket.price, ticket.currency, locale)} ${ticket.currency}`,
      ],
      ['ticket', labels.ticket, ticket.id],
      ['order', labels.order, ticket.orderId],
    ]),
  };
}

type Written = readonly [key: string, label: string | undefined, value: string | null | undefined];

/** Those that have something to say. */
function fields(written: readonly Written[]): Field[] {
  return written.flatMap(([key, label, value]) => (value ? [{ key, label, value }] : []));
}
