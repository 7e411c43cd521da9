import * as z from 'zod';
import { idOf } from '../kernel/index.ts';

export const PoolId = idOf('pol');

export const Pool = z
  .object({
    id: PoolId,
    eventId: idOf('evt'),
    sessionId: idOf('ses').nullable(),
    name: z.string(),
    capacity: z.int().nullable().meta({ description: 'Units in all; null means unlimited.' }),
    claimed: z.int().meta({ description: 'Units that are taken: held, sold and blocked.' }),
    held: z
      .int()
      .meta({ description: 'Units of holds and of orders that wait for their payment.' }),
    sold: z.int().meta({ description: 'Units of what is paid.' }),
    blocked: z.int().meta({ description: 'Units that the organizer has set aside.' }),
    available: z.int().nullable().meta({ description: 'Units free; null means unlimited.' }),
  })
  .meta({ id: 'Pool', description: 'A capacity that ticket types draw on.' });

export interface PoolRecord {
  readonly id: string;
  readonly organizerId: string;
  readonly eventId: string;
  readonly sessionId: string | null;
  readonly name: string;
  readonly revision: number;
}
