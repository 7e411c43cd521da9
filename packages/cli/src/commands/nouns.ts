/** What the help says of each noun, by group. */
export const nounGroups: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'Set up': {
    organizer: 'Who owns events and money',
    member: 'Users with a role at an organizer',
    event: 'Events: draft, publish, cancel',
    session: 'The dates of an event',
    'seat-map': 'Halls with their seats',
    'ticket-type': 'Kinds of tickets and their prices',
    pool: 'Capacities',
    block: 'Capacity set aside',
    price: 'What ticket types cost, how it is taxed and rounded',
    discount: 'Discounts that apply without a code',
    code: 'Codes: discounts, hidden types, places set aside',
    fee: 'Fees of an event',
    tax: 'Tax rates',
  },
  Sell: {
    availability: 'What can be bought now',
    quote: 'What a selection would cost',
    hold: 'Places kept for a buyer',
    order: 'Orders and paying them',
    payment: 'Payments and refunds',
    'gift-card': 'Stored value that pays orders',
    ticket: 'Tickets and their codes',
    resale: 'Tickets sold on by their holders',
    checkin: 'The door',
  },
  Watch: {
    ledger: 'The books',
    outbox: 'What happened',
    audit: 'Who did what',
  },
};
