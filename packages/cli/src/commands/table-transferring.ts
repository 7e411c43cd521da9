import type { OperationCommand } from './operation-command.ts';

/** Passing tickets on. */
export const transferring = {
  'transfers.setPolicy': {
    command: 'transfer set-policy',
    summary: 'Set the rules under which tickets are passed on and renamed',
    subject: 'eventId',
    examples: [
      'ticketi transfer set-policy --event evt_… --closes 2027-07-09T00:00:00Z --name-changes 1',
    ],
  },
  'transfers.getPolicy': {
    command: 'transfer policy',
    aliases: ['get-policy'],
    summary: 'Show the rules under which tickets are passed on and renamed',
    subject: 'eventId',
    examples: ['ticketi transfer policy --event evt_…'],
  },
  'transfers.offer': {
    command: 'transfer offer',
    summary: 'Offer tickets to somebody, who gets them with new codes when they accept',
    examples: [
      'ticketi transfer offer --ticket tkt_… --to \'{"email":"ben@example.com"}\' --as user:ada',
    ],
  },
  'transfers.accept': {
    command: 'transfer accept',
    summary: 'Accept an offer; a token of it comes on stdin or from the environment',
    subject: 'transferId',
    examples: [
      'ticketi transfer accept trf_… --holder-name Ben --holder-email ben@example.com \\\n      --token env:OFFER_TOKEN --as user:ben',
      'ticketi transfer accept trf_… --holder-name Ben --holder-email ben@example.com \\\n      --guest @offer-token',
    ],
  },
  'transfers.decline': {
    command: 'transfer decline',
    summary: 'Decline an offer',
    subject: 'transferId',
    examples: ['ticketi transfer decline trf_… --as user:ben'],
  },
  'transfers.cancel': {
    command: 'transfer cancel',
    summary: 'Take an offer back',
    subject: 'transferId',
    examples: ['ticketi transfer cancel trf_… --as user:ada'],
  },
  'transfers.get': {
    command: 'transfer show',
    aliases: ['get'],
    summary: 'Show one offer',
    subject: 'transferId',
    examples: ['ticketi transfer show trf_…'],
  },
  'transfers.list': {
    command: 'transfer list',
    summary: 'List offers',
    examples: [
      'ticketi transfer list --event evt_… --state open',
      'ticketi transfer list --side received --as user:ben',
    ],
  },
  'transfers.expire': {
    command: 'transfer expire',
    summary: 'Write down which offers have expired; a worker does it, too',
    examples: ['ticketi transfer expire'],
  },
} as const satisfies Record<string, OperationCommand>;
