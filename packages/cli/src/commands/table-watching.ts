import type { OperationCommand } from './operation-command.ts';

/** Resale, and what tells how things stand. */
export const watching = {
  'resale.setPolicy': {
    command: 'resale set-policy',
    summary: 'Set the rules under which holders may resell',
    subject: 'eventId',
    examples: ['ticketi resale set-policy --event evt_… --cap 110 --seller-fee 3'],
  },
  'resale.getPolicy': {
    command: 'resale policy',
    aliases: ['get-policy'],
    summary: 'Show the rules under which holders may resell',
    subject: 'eventId',
    examples: ['ticketi resale policy --event evt_…'],
  },
  'resale.list': {
    command: 'resale list',
    aliases: ['offer'],
    summary: 'Put a ticket up for resale (see browse for what is on offer)',
    subject: 'ticketId',
    examples: ['ticketi resale list tkt_… --price 45.00 --as user:ada'],
  },
  'resale.withdraw': {
    command: 'resale withdraw',
    summary: 'Take a listing back',
    subject: 'listingId',
    examples: ['ticketi resale withdraw lst_…'],
  },
  'resale.reserve': {
    command: 'resale reserve',
    summary: 'Reserve a listing: a hold to be ordered and paid',
    subject: 'listingId',
    examples: ['ticketi resale reserve lst_… --as user:fay'],
  },
  'resale.buy': {
    command: 'resale buy',
    summary: 'Buy a listing in one go',
    subject: 'listingId',
    examples: [
      'ticketi resale buy lst_… --buyer-name Fay --buyer-email fay@example.com \\\n      --provider sandbox --as user:fay',
    ],
  },
  'resale.get': {
    command: 'resale show',
    aliases: ['get'],
    summary: 'Show one listing',
    subject: 'listingId',
    examples: ['ticketi resale show lst_…'],
  },
  'resale.browse': {
    command: 'resale browse',
    summary: 'List what is on offer for an event',
    subject: 'eventId',
    examples: [
      'ticketi resale browse evt_…',
      'ticketi resale browse evt_… --order price --max-price 60.00',
    ],
  },
  'resale.presets': {
    command: 'resale presets',
    summary: 'List rules of resale to begin with, with their sources',
    examples: ['ticketi resale presets'],
  },
  'resale.terms': {
    command: 'resale terms',
    summary: 'Show how a ticket may be resold, and what a price would bring',
    subject: 'ticketId',
    examples: ['ticketi resale terms tkt_… --price 45.00 --as user:ada'],
  },
  'resale.listGroup': {
    command: 'resale list-group',
    summary: 'Put several tickets up for resale together',
    examples: [
      'ticketi resale list-group --ticket tkt_… --ticket tkt_01k0000000e008000000000001 --price 90.00 --sold whole \\\n      --as user:ada',
    ],
  },
  'resale.setPrice': {
    command: 'resale set-price',
    summary: 'Ask another price',
    subject: 'listingId',
    examples: ['ticketi resale set-price lst_… --price 40.00 --as user:ada'],
  },
  'resale.return': {
    command: 'resale return',
    summary: 'Give a ticket back to the organizer',
    subject: 'ticketId',
    examples: ['ticketi resale return tkt_… --as user:ada'],
  },
  'resale.statistics': {
    command: 'resale statistics',
    summary: 'Show how the tickets of an event are resold',
    subject: 'eventId',
    examples: ['ticketi resale statistics evt_…'],
  },
  'resale.expire': {
    command: 'resale expire',
    summary: 'Write down which listings are over (the worker does it by itself)',
    examples: ['ticketi resale expire'],
  },
  'resale.settle': {
    command: 'resale settle',
    summary: 'Refund sellers that are due (the worker does it by itself)',
    examples: ['ticketi resale settle'],
  },
  'ledger.balances': {
    command: 'ledger balances',
    summary: 'Show what each account holds',
    subject: 'organizerId',
    examples: [
      'ticketi ledger balances --organizer org_…',
      'ticketi ledger balances --organizer org_… --at 2027-08-01T00:00:00Z',
    ],
  },
  'ledger.statement': {
    command: 'ledger statement',
    summary: 'Show what changed an account, line by line',
    subject: 'organizerId',
    examples: [
      'ticketi ledger statement --organizer org_… \\\n      --from 2027-07-01T00:00:00Z --until 2027-08-01T00:00:00Z --all',
    ],
  },
  'ledger.sellerStatement': {
    command: 'ledger seller-statement',
    summary: 'Show what the seller of a ticket is owed and was paid',
    subject: 'ticketId',
    examples: ['ticketi ledger seller-statement tkt_… --as user:ada'],
  },
  'ledger.export': {
    command: 'ledger export',
    summary: 'Give the books to an accountant, entry by entry',
    subject: 'organizerId',
    examples: [
      'ticketi ledger export --organizer org_… --all --format csv > books.csv',
      'ticketi ledger export --organizer org_… --event evt_… --from 2027-07-01T00:00:00Z',
    ],
  },
  'ledger.verify': {
    command: 'ledger verify',
    summary: 'Recompute the books from the records',
    subject: 'organizerId',
    examples: ['ticketi ledger verify --organizer org_…'],
  },
  'payouts.create': {
    command: 'payout create',
    summary: 'Pay out what is owed to an organizer or a seller',
    subject: 'organizerId',
    examples: [
      'ticketi payout create --organizer org_…',
      'ticketi payout create --organizer org_… --amount 98.00 --currency EUR --reference July',
      'ticketi payout create --organizer org_… --ticket tkt_…   # to who sold it on',
    ],
  },
  'payouts.settle': {
    command: 'payout settle',
    summary: 'Say that a payout has arrived',
    subject: 'payoutId',
    examples: ['ticketi payout settle pyt_… --reference SEPA-4711'],
  },
  'payouts.fail': {
    command: 'payout fail',
    summary: 'Say that a payout has not arrived',
    subject: 'payoutId',
    examples: ['ticketi payout fail pyt_… --reason "account closed"'],
  },
  'payouts.cancel': {
    command: 'payout cancel',
    summary: 'Take back a payout that was not sent yet',
    subject: 'payoutId',
    examples: ['ticketi payout cancel pyt_…'],
  },
  'payouts.get': {
    command: 'payout show',
    aliases: ['get'],
    summary: 'Show one payout',
    subject: 'payoutId',
    examples: ['ticketi payout show pyt_…'],
  },
  'payouts.list': {
    command: 'payout list',
    summary: 'List the payouts of an organizer and its sellers',
    subject: 'organizerId',
    examples: ['ticketi payout list --organizer org_… --state pending'],
  },
  'audit.list': {
    command: 'audit list',
    summary: 'List who did what when',
    subject: 'organizerId',
    examples: ['ticketi audit list --organizer org_…'],
  },
  'idempotency.sweep': {
    command: 'idempotency sweep',
    summary: 'Delete kept answers whose keys have expired, and leases that have lapsed',
    examples: ['ticketi idempotency sweep'],
  },
  'doctor.check': {
    command: 'doctor records',
    summary: 'Prove the records alone, without the machine',
    examples: ['ticketi doctor records'],
  },
} as const satisfies Record<string, OperationCommand>;
