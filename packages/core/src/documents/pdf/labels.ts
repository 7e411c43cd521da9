import type { Locale } from '../../print/index.ts';

const en = {
  when: 'When',
  doors: 'doors',
  cancelled: 'cancelled',
  venue: 'Where',
  name: 'Name',
  ticket: 'Ticket',
  seat: 'Seat',
  price: 'Price',
  order: 'Order',
};

const de: Readonly<typeof en> = {
  when: 'Wann',
  doors: 'Einlass',
  cancelled: 'abgesagt',
  venue: 'Wo',
  name: 'Name',
  ticket: 'Ticket',
  seat: 'Platz',
  price: 'Preis',
  order: 'Bestellung',
};

export const labelsOf: Readonly<Record<Locale, Readonly<typeof en>>> = { en, de };
