import * as z from 'zod';
import { anyOf, isRefusal, millisOf, read } from '../../kernel/index.ts';
import { codeOf, rotatingCode, TicketId, ticketVoid } from '../../tickets/index.ts';
import { admissionOf } from '../admission.ts';
import { ownerOfAsked, sellersOfAsked } from '../asked.ts';
import { fileName, fileOf } from '../file.ts';

const TYPES = {
  svg: 'image/svg+xml',
  png: 'image/png',
  terminal: 'text/plain; charset=utf-8',
} as const;

export const getTicketQr = read({
  name: 'documents.qr',
  summary:
    'The QR of a valid ticket’s code, as a picture or for a terminal. Of a rotating code it is that of this moment.',
  input: z.strictObject({
    ticketId: TicketId,
    image: z.enum(['svg', 'png', 'terminal']).default('svg').meta({
      description: '`terminal`: text that draws the light modules, for a dark terminal.',
    }),
  }),
  output: fileOf('TicketQr', [TYPES.svg, TYPES.png, TYPES.terminal]),
  refusals: [ticketVoid],
  allow: anyOf(ownerOfAsked, sellersOfAsked),
  run: async (context, { ticketId, image }) => {
    const admission = await admissionOf(context, ticketId);
    if (isRefusal(admission)) return admission;
    const { code: signed, rotating } = await codeOf(context, admission.ticket);
    const code =
      rotating === null
        ? signed
        : (await rotatingCode({ code: signed, ...rotating }, { now: millisOf(context.now) })).code;
    // Loaded when somebody wants a picture, not when the SDK starts.
    const { qrOf } = await import('../qr.ts');
    const { qrPng, qrSvg, qrText } = await import('../qr-pictures.ts');
    const draw = { svg: qrSvg, png: qrPng, terminal: qrText }[image];
    return {
      fileName: fileName(ticketId, image === 'terminal' ? 'txt' : image),
      contentType: TYPES[image],
      base64: Buffer.from(draw(qrOf(code))).toString('base64'),
    };
  },
});
