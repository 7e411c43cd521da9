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
    examples: ['ticketi resale browse evt_…'],
  },
  'ledger.balances': {
    command: 'ledger balances',
    summary: 'Show what each account holds',
    subject: 'organizerId',
    examples: ['ticketi ledger balances --organizer org_…'],
  },
  'ledger.verify': {
    command: 'ledger verify',
    summary: 'Recompute the books from the orders',
    subject: 'organizerId',
    examples: ['ticketi ledger verify --organizer org_…'],
  },
  'outbox.list': {
    command: 'outbox list',
    summary: 'List what happened: every committed fact',
    subject: 'organizerId',
    examples: ['ticketi outbox list --organizer org_… --type order.paid'],
  },
  'audit.list': {
    command: 'audit list',
    summary: 'List who did what when',
    subject: 'organizerId',
    examples: ['ticketi audit list --organizer org_…'],
  },
  'idempotency.sweep': {
    command: 'idempotency sweep',
    summary: 'Delete kept answers whose keys have expired',
    examples: ['ticketi idempotency sweep'],
  },
  'doctor.check': {
    command: 'doctor records',
    summary: 'Prove the records alone, without the machine',
    examples: ['ticketi doctor records'],
  },
} as const satisfies Record<string, OperationCommand>;
