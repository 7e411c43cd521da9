import * as z from 'zod';
import { anyOf, isRefusal, read } from '../../kernel/index.ts';
import { TicketId, ticketVoid } from '../../tickets/index.ts';
import { anyAdmissionOf, lastingCodeOf } from '../admission.ts';
import { applePass, passStrings } from '../apple/pass.ts';
import { ownerOfAsked, sellersOfAsked } from '../asked.ts';
import { fileName, fileOf } from '../file.ts';
import { codeRotates, walletNotConfigured } from '../refusals.ts';
import { keysFor } from '../wallets.ts';

export const getApplePass = read({
  name: 'documents.appleWallet',
  summary: 'A ticket as a signed pass for Apple Wallet.',
  input: z.strictObject({
    ticketId: TicketId,
    whenVoid: z.enum(['refuse', 'mark']).default('refuse').meta({
      description:
        'Of a void ticket, `mark` gives the pass that says so and has no code, for devices that have the pass.',
    }),
  }),
  output: fileOf('ApplePass', ['application/vnd.apple.pkpass']),
  refusals: [ticketVoid, codeRotates, walletNotConfigured],
  allow: anyOf(ownerOfAsked, sellersOfAsked),
  run: async (context, { ticketId, whenVoid }) => {
    const { wallets, now } = context;
    const admission = await anyAdmissionOf(context, ticketId);
    if (isRefusal(admission)) return admission;
    const { ticket } = admission;
    if (ticket.state === 'void' && whenVoid === 'refuse') {
      return ticketVoid({ ticketId, why: ticket.voidReason });
    }
    const { organizerId } = ticket;
    const keys = keysFor(wallets.apple, organizerId);
    if (keys === undefined) {
      return walletNotConfigured({ wallet: 'apple', organizerId, why: 'no_keys' });
    }
    const code = ticket.state === 'void' ? undefined : await lastingCodeOf(context, ticket);
    if (isRefusal(code)) return code;
    // Loaded when somebody wants a pass, not when the SDK starts.
    const { passFile } = await import('../apple/bundle.ts');
    const pass = applePass(admission, code, keys, now);
    const file = await passFile(pass, passStrings(admission, keys, now), keys, now);
    if (typeof file === 'string') {
      return walletNotConfigured({ wallet: 'apple', organizerId, why: file });
    }
    return {
      fileName: fileName(ticketId, 'pkpass'),
      contentType: 'application/vnd.apple.pkpass' as const,
      base64: Buffer.from(file).toString('base64'),
    };
  },
});
