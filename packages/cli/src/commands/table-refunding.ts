import type { OperationCommand } from './operation-command.ts';

/** What goes back: orders, and all of them when an event is cancelled. */
export const refunding = {
  'refunds.create': {
    command: 'refund create',
    summary: 'Give back of a paid order: tickets, an amount, or all that is left',
    subject: 'orderId',
    irreversible: true,
    examples: [
      'ticketi refund create ord_… --ticket tkt_… --confirm ord_…',
      'ticketi refund create ord_… --item typ_…=2 --fees-kept --yes',
      'ticketi refund create ord_… --amount 5.00 --reason "Seat was wet" --yes',
    ],
  },
  'refunds.record': {
    command: 'refund record',
    summary: 'Record what goes back of an order, without sending it',
    subject: 'orderId',
    irreversible: true,
    examples: ['ticketi refund record ord_… --confirm ord_…'],
  },
  'refunds.get': {
    command: 'refund show',
    aliases: ['get'],
    summary: 'Show one refund of an order',
    subject: 'orderRefundId',
    examples: ['ticketi refund show orf_…'],
  },
  'refunds.list': {
    command: 'refund list',
    summary: 'List the refunds of an organizer, an event or an order',
    subject: 'organizerId',
    examples: [
      'ticketi refund list --organizer org_…',
      'ticketi refund list --organizer org_… --order ord_…',
    ],
  },
  'refunds.setPolicy': {
    command: 'refund set-policy',
    summary: 'Set what buyers of an event may give back by themselves',
    subject: 'eventId',
    examples: [
      'ticketi refund set-policy evt_… \\\n      --steps \'[{"until":"7d before start","percent":"100"},{"until":"48h before start","percent":"50"}]\'',
      'ticketi refund set-policy evt_… --no-self-service',
    ],
  },
  'refunds.getPolicy': {
    command: 'refund policy',
    summary: 'Show what buyers of an event may give back by themselves',
    subject: 'eventId',
    examples: ['ticketi refund policy evt_…'],
  },
  'refundRuns.start': {
    command: 'refund-run start',
    summary: 'Start giving back every order of a cancelled event',
    subject: 'eventId',
    irreversible: true,
    examples: ['ticketi refund-run start evt_… --confirm evt_…'],
  },
  'refundRuns.get': {
    command: 'refund-run show',
    summary: 'Show how far a refund run has come',
    subject: 'runId',
    examples: ['ticketi refund-run show rfr_…'],
  },
  'refundRuns.list': {
    command: 'refund-run list',
    summary: 'List the refund runs of an event',
    subject: 'eventId',
    examples: ['ticketi refund-run list evt_…'],
  },
  'refundRuns.report': {
    command: 'refund-run report',
    summary: 'List what became of each order of a refund run',
    subject: 'runId',
    examples: [
      'ticketi refund-run report rfr_… --state failed',
      'ticketi refund-run report rfr_… --all --format csv',
    ],
  },
  'refundRuns.retry': {
    command: 'refund-run retry',
    summary: 'Let a refund run try again what failed in it',
    subject: 'runId',
    examples: ['ticketi refund-run retry rfr_…'],
  },
  'refundRuns.work': {
    command: 'refund-run work',
    summary: 'Do some of what refund runs have to do',
    examples: ['ticketi refund-run work --limit 200'],
  },
  'refundRuns.claim': {
    command: 'refund-run claim',
    summary: 'Take orders of refund runs for a worker of your own',
    examples: ['ticketi refund-run claim --limit 10'],
  },
  'refundRuns.refund': {
    command: 'refund-run refund',
    summary: 'Give back one order of a refund run',
    examples: ['ticketi refund-run refund --run rfr_… --order ord_…'],
  },
  'refundRuns.drop': {
    command: 'refund-run drop',
    summary: 'Give up orders that a worker of your own has taken',
    examples: [
      'ticketi refund-run drop --until 2027-07-10T18:05:00.000Z \\\n      --orders \'[{"runId":"rfr_…","orderId":"ord_…"}]\'',
    ],
  },
} as const satisfies Record<string, OperationCommand>;
