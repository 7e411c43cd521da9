import * as z from 'zod';
import { refusal } from '../kernel/index.ts';

export const noTicketsLeft = refusal('no_tickets_left', {
  kind: 'conflict',
  meaning: 'The buyer of the order holds no valid ticket of it.',
  details: z.object({ orderId: z.string() }),
  hint: 'It is not paid, or its tickets were given back or have other holders by now.',
  message: ({ orderId }) => `The buyer of order ${orderId} holds no valid ticket of it.`,
});

export const codeRotates = refusal('code_rotates', {
  kind: 'conflict',
  meaning:
    'The codes of the event rotate: one that is printed or kept would be refused at the door.',
  details: z.object({ eventId: z.string() }),
  hint: 'Show `documents.qr`, made anew every few seconds, or `rotatingCode` of @ticketi/core/verify.',
  message: () => 'The codes of this event change every few seconds and cannot be kept.',
});

const WHY = {
  no_keys: 'its keys are not given',
  keys_not_usable: 'its key or its certificate cannot be read, or they do not belong together',
  certificate_expired: 'its certificate has expired',
  library_missing: 'the package node-forge is not installed',
} as const;

export const walletNotConfigured = refusal('wallet_not_configured', {
  kind: 'conflict',
  meaning: 'Ticketi cannot sign passes for this wallet where it runs.',
  details: z.object({
    wallet: z.enum(['apple', 'google']),
    organizerId: z.string(),
    why: z.enum(['no_keys', 'keys_not_usable', 'certificate_expired', 'library_missing']),
  }),
  hint: 'Give the keys to createTicketi: wallet.apple (and npm install node-forge), wallet.google.',
  message: ({ wallet, why }) =>
    `There are no passes for ${wallet === 'apple' ? 'Apple' : 'Google'} Wallet: ${WHY[why]}.`,
});
