import * as z from 'zod';
import { EventId, SessionId } from '../events/index.ts';
import { SeatLabel } from '../seating/index.ts';
import { PoolId } from './pool.ts';

/** Seats that one block may set aside. */
export const BLOCK_SEATS = 2000;

type AddIssue = (issue: { code: 'custom'; path: PropertyKey[]; message: string }) => void;

/** Refuses seats that are named more than once. */
export function refuseTwice(seats: readonly string[] | undefined, addIssue: AddIssue): void {
  const seen = new Set<string>();
  seats?.forEach((label, index) => {
    const message = `The seat ${label} is named twice.`;
    if (seen.has(label)) addIssue({ code: 'custom', path: ['seats', index], message });
    seen.add(label);
  });
}

/** What is set aside: units of a pool, or seats of a session. */
export const NewBlock = z
  .strictObject({
    eventId: EventId,
    poolId: PoolId.optional().meta({ description: 'The pool; with `units`.' }),
    units: z.int().min(1).max(1_000_000_000).optional().meta({
      description: 'How many units of the pool.',
    }),
    sessionId: SessionId.optional().meta({ description: 'Whose seats; with `seats`.' }),
    seats: z.array(SeatLabel).min(1).max(BLOCK_SEATS).optional().meta({
      description: 'The seats: all of them, or none is set aside.',
    }),
    reason: z.string().trim().min(1).max(500),
  })
  .superRefine(({ poolId, units, sessionId, seats }, { addIssue }) => {
    const ofPool = poolId !== undefined || units !== undefined;
    const ofSeats = sessionId !== undefined || seats !== undefined;
    const whole = ofPool
      ? poolId !== undefined && units !== undefined
      : sessionId !== undefined && seats !== undefined;
    if (ofPool === ofSeats || !whole) {
      const message =
        'Set aside either units of a pool (poolId and units) or seats of a session (sessionId and seats).';
      addIssue({ code: 'custom', path: [], message });
    }
    refuseTwice(seats, addIssue);
  })
  .meta({
    examples: [{ poolId: 'pol_01k0000000e008000000000000', units: 20, reason: 'The guest list.' }],
  });
