import type { OperationCommand } from './operation-command.ts';

/** What is told to others: the outbox and webhooks. */
export const telling = {
  'outbox.list': {
    command: 'outbox list',
    summary: 'List what happened: every committed fact',
    subject: 'organizerId',
    examples: ['ticketi outbox list --organizer org_… --type order.paid'],
  },
  'outbox.number': {
    command: 'outbox number',
    summary: 'Give committed facts their place in the order (the worker does it)',
    examples: ['ticketi outbox number'],
  },
  'outbox.read': {
    command: 'outbox read',
    summary: 'Read numbered facts of all organizers, in order',
    subject: 'after',
    examples: ['ticketi outbox read 0 --json'],
  },
  'outbox.dispatch': {
    command: 'outbox dispatch',
    summary: 'Hand facts to the handlers of this process',
    examples: ['ticketi outbox dispatch'],
  },
  'outbox.claim': {
    command: 'outbox claim',
    summary: 'Take the work of a durable subscriber (a step of dispatch)',
    subject: 'name',
    examples: ['ticketi outbox claim mailer'],
  },
  'outbox.record': {
    command: 'outbox record',
    summary: 'Record how handlers fared (a step of dispatch)',
    subject: 'name',
    examples: ['ticketi outbox record mailer --input outcome.json'],
  },
  'outbox.subscribers': {
    command: 'outbox subscribers',
    summary: 'Show who reads the outbox, and how far behind they are',
    examples: ['ticketi outbox subscribers'],
  },
  'outbox.failures': {
    command: 'outbox failures',
    summary: 'List what durable subscribers could not handle',
    examples: ['ticketi outbox failures --subscriber mailer'],
  },
  'outbox.retryParked': {
    command: 'outbox retry',
    summary: 'Hand a durable subscriber once more what was parked',
    subject: 'subscriber',
    examples: ['ticketi outbox retry mailer'],
  },
  'outbox.sweep': {
    command: 'outbox sweep',
    summary: 'Delete old facts that every consumer has (the worker does it)',
    examples: ['ticketi outbox sweep'],
  },
  'webhooks.createEndpoint': {
    command: 'webhook create',
    summary: 'Send what happens to an address; shows its secret once',
    subject: 'url',
    examples: [
      'ticketi webhook create https://example.com/hooks --organizer org_… \\\n      --types order.paid --types ticket.issued',
    ],
  },
  'webhooks.get': {
    command: 'webhook show',
    aliases: ['get'],
    summary: 'Show one endpoint',
    subject: 'endpointId',
    examples: ['ticketi webhook show whe_…'],
  },
  'webhooks.list': {
    command: 'webhook list',
    summary: 'List the endpoints of an organizer',
    subject: 'organizerId',
    examples: ['ticketi webhook list --organizer org_…'],
  },
  'webhooks.update': {
    command: 'webhook update',
    summary: 'Change, disable or enable an endpoint',
    subject: 'endpointId',
    examples: ['ticketi webhook update whe_… --state enabled'],
  },
  'webhooks.remove': {
    command: 'webhook remove',
    summary: 'Take an endpoint away',
    subject: 'endpointId',
    examples: ['ticketi webhook remove whe_…'],
  },
  'webhooks.rotateSecret': {
    command: 'webhook rotate',
    summary: 'Give an endpoint a new secret; the old one signs too for a while',
    subject: 'endpointId',
    examples: ['ticketi webhook rotate whe_… --overlap-hours 48'],
  },
  'webhooks.sendTest': {
    command: 'webhook test',
    summary: 'Send a test to an endpoint and show how that went',
    subject: 'endpointId',
    examples: ['ticketi webhook test whe_…'],
  },
  'webhooks.prepareTest': {
    command: 'webhook sign-test',
    summary: 'Sign a test without sending it (a step of test)',
    subject: 'endpointId',
    examples: ['ticketi webhook sign-test whe_…'],
  },
  'webhooks.replay': {
    command: 'webhook replay',
    summary: 'Send again what happened from an instant or an outbox entry on',
    subject: 'endpointId',
    examples: ['ticketi webhook replay whe_… --from 2027-07-10T00:00:00Z'],
  },
  'webhooks.enqueueAgain': {
    command: 'webhook enqueue-again',
    summary: 'Make a part of what happened due again (a step of replay)',
    subject: 'endpointId',
    examples: ['ticketi webhook enqueue-again whe_… --from obx_…'],
  },
  'webhooks.deliveries': {
    command: 'webhook deliveries',
    summary: 'List what was sent, and how that went',
    subject: 'organizerId',
    examples: ['ticketi webhook deliveries --organizer org_… --state exhausted'],
  },
  'webhooks.retry': {
    command: 'webhook retry',
    summary: 'Send one fact to an endpoint again',
    subject: 'deliveryId',
    examples: ['ticketi webhook retry whd_…'],
  },
  'webhooks.enqueue': {
    command: 'webhook enqueue',
    summary: 'Make deliveries of new facts (the worker does it)',
    examples: ['ticketi webhook enqueue'],
  },
  'webhooks.deliver': {
    command: 'webhook deliver',
    summary: 'Send what is due (the worker does it)',
    examples: ['ticketi webhook deliver'],
  },
  'webhooks.claim': {
    command: 'webhook claim',
    summary: 'Take endpoints to which something is due (a step of deliver)',
    examples: ['ticketi webhook claim'],
  },
  'webhooks.record': {
    command: 'webhook record',
    summary: 'Record how attempts ended (a step of deliver)',
    subject: 'endpointId',
    examples: ['ticketi webhook record whe_… --input attempts.json'],
  },
} as const satisfies Record<string, OperationCommand>;
