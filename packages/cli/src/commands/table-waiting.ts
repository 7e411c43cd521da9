import type { OperationCommand } from './operation-command.ts';

/** Who waits for tickets, and what they are offered. */
export const waiting = {
  'waitlist.setPolicy': {
    command: 'waitlist set-policy',
    summary: 'Open the waitlist of an event, or close it, and set its rules',
    subject: 'eventId',
    examples: [
      'ticketi waitlist set-policy --event evt_…',
      'ticketi waitlist set-policy --event evt_… --offer-minutes 120 --misses 2',
    ],
  },
  'waitlist.getPolicy': {
    command: 'waitlist policy',
    summary: 'Show the rules of a waitlist',
    subject: 'eventId',
    examples: ['ticketi waitlist policy --event evt_…'],
  },
  'waitlist.join': {
    command: 'waitlist join',
    summary: 'Wait for one of several ticket types that are sold out',
    subject: 'eventId',
    examples: [
      'ticketi waitlist join evt_… --ticket-type typ_… --quantity 2 \\\n      --buyer-name Ada --buyer-email ada@example.com',
      'ticketi waitlist join evt_… --ticket-type typ_… --quantity 4 --min-quantity 1 \\\n      --buyer-name Ada --buyer-email ada@example.com --as user:ada',
    ],
  },
  'waitlist.get': {
    command: 'waitlist show',
    aliases: ['get'],
    summary: 'Show where an entry stands, and its offer',
    subject: 'entryId',
    examples: ['ticketi waitlist show wle_…'],
  },
  'waitlist.list': {
    command: 'waitlist list',
    summary: 'List who waits at an event, or your own entries',
    subject: 'eventId',
    examples: [
      'ticketi waitlist list evt_… --state waiting',
      'ticketi waitlist list --as user:ada',
    ],
  },
  'waitlist.leave': {
    command: 'waitlist leave',
    aliases: ['remove'],
    summary: 'Take an entry off the waitlist',
    subject: 'entryId',
    irreversible: true,
    examples: ['ticketi waitlist leave wle_… --confirm wle_…'],
  },
  'waitlist.setPriority': {
    command: 'waitlist set-priority',
    summary: 'Move an entry up or down: higher priorities come first',
    subject: 'entryId',
    examples: ['ticketi waitlist set-priority wle_… --priority 10'],
  },
  'waitlist.offer': {
    command: 'waitlist offer',
    summary: 'Offer what is free at an event to those who wait, as the worker does',
    subject: 'eventId',
    examples: ['ticketi waitlist offer evt_…'],
  },
  'waitlist.getOffer': {
    command: 'waitlist show-offer',
    summary: 'Show an offer with the code that claims it',
    subject: 'offerId',
    examples: ['ticketi waitlist show-offer wlo_…'],
  },
  'waitlist.claim': {
    command: 'waitlist claim',
    summary: 'Trade the code of an offer for its places',
    examples: ['ticketi waitlist claim --code env:OFFER_CODE', 'ticketi waitlist claim --code -'],
  },
  'waitlist.decline': {
    command: 'waitlist decline',
    summary: 'Decline the offer of an entry: its places go to the next',
    subject: 'entryId',
    irreversible: true,
    examples: ['ticketi waitlist decline wle_… --yes'],
  },
  'waitlist.statistics': {
    command: 'waitlist statistics',
    aliases: ['stats'],
    summary: 'Count who waits at an event, and for how many tickets',
    subject: 'eventId',
    examples: ['ticketi waitlist statistics evt_…'],
  },
  'waitlist.due': {
    command: 'waitlist due',
    summary: 'List the events at which somebody waits',
    examples: ['ticketi waitlist due'],
  },
  'waitlist.offerDue': {
    command: 'waitlist offer-due',
    summary: 'Offer what is free at every event, as the worker does',
    examples: ['ticketi waitlist offer-due'],
  },
} as const satisfies Record<string, OperationCommand>;
