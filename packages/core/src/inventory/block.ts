import * as z from 'zod';
import { SessionId } from '../events/index.ts';
import { Instant, idOf } from '../kernel/index.ts';
import { type NamedSeat, SeatLabel } from '../seating/index.ts';
import { PoolId } from './pool.ts';

export const BlockId = idOf('blk');

export const Block = z
  .object({
    id: BlockId,
    eventId: idOf('evt'),
    poolId: PoolId.nullable().meta({ description: 'The pool; null: seats are set aside.' }),
    sessionId: SessionId.nullable().meta({ description: 'Whose seats; null: units of a pool.' }),
    seats: z.array(SeatLabel).nullable().meta({
      description: 'Seats that are set aside now; null: units of a pool.',
    }),
    units: z.int().meta({ description: 'Units of the pool, or seats, that are set aside now.' }),
    released: z.int().meta({ description: 'How many were set aside and are on sale again.' }),
    reason: z.string(),
    codeId: idOf('cod').nullable().meta({ description: 'The code that it is set aside for.' }),
    state: z.enum(['active', 'released']),
    createdAt: Instant,
    releasedAt: Instant.nullable().meta({ description: 'When the last of it was released.' }),
  })
  .meta({ id: 'Block', description: 'Capacity that the organizer has set aside, with a reason.' });

interface BlockFacts {
  readonly id: string;
  readonly organizerId: string;
  readonly eventId: string;
  /** The pool whose units are set aside; null: seats are. */
  readonly poolId: string | null;
  /** The session whose seats are set aside. */
  readonly sessionId: string | null;
  /** The seats that still are. */
  readonly seats: readonly NamedSeat[] | null;
  /** Units or seats that were set aside at first; what is left is `units - released`. */
  readonly units: number;
  readonly released: number;
  readonly reason: string;
  /** The code that it is set aside for; null: the organizer set it aside. */
  readonly codeId: string | null;
  readonly createdAt: string;
  readonly revision: number;
}

export type BlockRecord = BlockFacts &
  (
    | { readonly state: 'active'; readonly releasedAt: null }
    | { readonly state: 'released'; readonly releasedAt: string }
  );
