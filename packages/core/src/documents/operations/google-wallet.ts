import * as z from 'zod';
import { anyOf, isRefusal, read } from '../../kernel/index.ts';
import { TicketId, ticketVoid } from '../../tickets/index.ts';
import { admissionOf, lastingCodeOf } from '../admission.ts';
import { ownerOfAsked, sellersOfAsked } from '../asked.ts';
import { saveLink } from '../google/link.ts';
import { googleClass, googleObject } from '../google/pass.ts';
import { codeRotates, walletNotConfigured } from '../refusals.ts';
import { keysFor } from '../wallets.ts';

export const getGooglePass = read({
  name: 'documents.googleWallet',
  summary: 'The link that saves a ticket to Google Wallet. Whoever has it has the code.',
  input: z.strictObject({ ticketId: TicketId }),
  output: z
    .object({
      ticketId: TicketId,
      url: z.string().meta({
        description: 'Behind a button; its end is the signed JWT.',
        examples: ['https://pay.google.com/gp/v/save/eyJhbGciOiJSUzI1NiJ9.e30.c2ln'],
      }),
    })
    .meta({ id: 'GooglePass' }),
  refusals: [ticketVoid, codeRotates, walletNotConfigured],
  allow: anyOf(ownerOfAsked, sellersOfAsked),
  run: async (context, { ticketId }) => {
    const { wallets, now } = context;
    const admission = await admissionOf(context, ticketId);
    if (isRefusal(admission)) return admission;
    const { organizerId } = admission.ticket;
    const keys = keysFor(wallets.google, organizerId);
    const refused = { wallet: 'google', organizerId } as const;
    if (keys === undefined) return walletNotConfigured({ ...refused, why: 'no_keys' });
    const code = await lastingCodeOf(context, admission.ticket);
    if (isRefusal(code)) return code;
    const payload = {
      eventTicketClasses: [googleClass(admission, keys, now)],
      eventTicketObjects: [googleObject({ ...admission, code }, keys)],
    };
    const url = await saveLink(payload, keys, now);
    if (url === undefined) return walletNotConfigured({ ...refused, why: 'keys_not_usable' });
    return { ticketId, url };
  },
});
