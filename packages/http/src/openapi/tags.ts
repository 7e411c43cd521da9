import type { Operations } from '@ticketi/core';

/** What each group of operations is about. */
export const tags = {
  organizers: 'Who owns events, settings and money.',
  members: 'The people of an organizer and their roles.',
  events: 'What tickets are sold for.',
  sessions: 'The dates of an event.',
  ticketTypes: 'What buyers choose from, at its price.',
  seatMaps: 'Halls with their seats, and how each seat stands.',
  pools: 'The capacities that ticket types draw on.',
  blocks: 'Capacity that organizers set aside.',
  availability: 'What can be bought now.',
  codes: 'Promo codes.',
  fees: 'What is added to, or taken from, the price.',
  quotes: 'What a selection would cost.',
  holds: "A buyer's places and price, until they expire.",
  orders: 'From a hold to paid tickets.',
  payments: 'Attempts to be paid.',
  giftCards: 'Stored value that pays orders.',
  tickets: 'The right to come in.',
  checkin: 'Scans at the door.',
  resale: 'Tickets that their holders sell on.',
  ledger: 'Double-entry books of all money.',
  outbox: 'Every committed fact, in order.',
  audit: 'Who did what when.',
  doctor: 'Proofs that the records are sound.',
} as const satisfies Record<keyof Operations, string>;
