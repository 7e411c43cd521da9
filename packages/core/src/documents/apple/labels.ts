import type { Locale } from '../../print/index.ts';

const en = {
  date: 'DATE',
  venue: 'VENUE',
  starts: 'STARTS',
  doors: 'DOORS',
  name: 'NAME',
  type: 'TICKET',
  section: 'SECTION',
  row: 'ROW',
  seat: 'SEAT',
  dates: 'Dates',
  cancelled: 'cancelled',
  price: 'Price',
  ticket: 'Ticket',
  order: 'Order',
};

const de: Readonly<typeof en> = {
  date: 'DATUM',
  venue: 'ORT',
  starts: 'BEGINN',
  doors: 'EINLASS',
  name: 'NAME',
  type: 'TICKET',
  section: 'BLOCK',
  row: 'REIHE',
  seat: 'PLATZ',
  dates: 'Termine',
  cancelled: 'abgesagt',
  price: 'Preis',
  ticket: 'Ticket',
  order: 'Bestellung',
};

export const labelsOf: Readonly<Record<Locale, Readonly<typeof en>>> = { en, de };
