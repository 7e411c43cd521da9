import * as z from 'zod';
import { idOf } from '../kernel/index.ts';
import { SeatMapId } from './seat-map.ts';

export const Seating = z
  .object({
    sessionId: idOf('ses'),
    eventId: idOf('evt'),
    seatMapId: SeatMapId,
    pools: z
      .array(z.object({ section: z.string(), poolId: idOf('pol') }))
      .meta({ description: 'The pool of each general admission section.' }),
  })
  .meta({ id: 'Seating', description: 'The seat map of a session.' });
export type Seating = z.output<typeof Seating>;

/** Which map a session has. Its id is the session's. */
export interface SeatingRecord {
  readonly id: string;
  readonly organizerId: string;
  readonly eventId: string;
  readonly seatMapId: string;
  readonly pools: readonly { readonly section: string; readonly poolId: string }[];
  readonly revision: number;
}

/**
 * What a seat of a session is claimed on: a counter of capacity one, which comes
 * to be with its first claim.
 */
export function seatTarget(sessionId: string, seat: number): string {
  return `${sessionId}:${seat}`;
}
