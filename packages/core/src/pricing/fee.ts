import * as z from 'zod';
import { Amount, Currency, idOf, Percent } from '../kernel/index.ts';

export const Fee = z
  .object({
    id: idOf('fee'),
    eventId: idOf('evt'),
    name: z.string(),
    percent: Percent,
    fixed: Amount,
    currency: Currency,
    per: z.enum(['ticket', 'order']),
    mode: z.enum(['passed_on', 'absorbed']).meta({
      description: '`passed_on`: the buyer pays it on top; `absorbed`: it is inside the price.',
    }),
  })
  .meta({ id: 'Fee', description: "The platform's fee on an event's tickets." });

export interface FeeRecord {
  readonly id: string;
  readonly organizerId: string;
  readonly eventId: string;
  readonly name: string;
  readonly percent: string;
  readonly fixed: number;
  readonly per: 'ticket' | 'order';
  readonly mode: 'passed_on' | 'absorbed';
  readonly revision: number;
}
