import type * as z from 'zod';
import { type Actor, guestToken, type Instant, type Secrets } from '../kernel/index.ts';
import type { Block, BlockRecord } from './block.ts';
import { lapsedAt } from './claiming.ts';
import type { HeldItem, Hold, HoldRecord } from './hold.ts';
import type { Pool, PoolRecord } from './pool.ts';
import type { Usage } from './usage.ts';

export function holdResource(hold: HoldRecord, now: Instant): Hold {
  const expired = hold.state === 'active' && lapsedAt(hold.expiresAt, now);
  return {
    id: hold.id,
    eventId: hold.eventId,
    state: expired ? 'expired' : hold.state,
    userId: hold.userId,
    items: hold.items.map(itemResource),
    listingId: hold.listingId,
    quote: hold.quote,
    expiresAt: hold.expiresAt,
    extendedAt: hold.extendedAt,
    createdAt: hold.createdAt,
    accessToken: null,
  };
}

function itemResource({ ticketTypeId, quantity, seats }: HeldItem): Hold['items'][number] {
  if (seats === undefined) return { ticketTypeId, quantity };
  const shown = seats.map(({ label, section, row, number }) => ({ label, section, row, number }));
  return { ticketTypeId, quantity, seats: shown };
}

/**
 * Adds the guest's access token to what a guest, or the host on their behalf,
 * asked for. What belongs to a signed-in buyer has none, and members do not see
 * the tokens of their guests.
 */
export function withAccessToken<
  Output extends { accessToken: string | null; userId: string | null },
>({ secrets, actor }: { secrets: Secrets; actor: Actor }, output: Output, holdId: string): Output {
  if (output.userId !== null || actor.type === 'user' || actor.type === 'api_key') return output;
  return { ...output, accessToken: guestToken(secrets, holdId) };
}

export function blockResource(block: BlockRecord): z.output<typeof Block> {
  return {
    id: block.id,
    eventId: block.eventId,
    poolId: block.poolId,
    sessionId: block.sessionId,
    seats: block.seats?.map(({ label }) => label) ?? null,
    units: block.units - block.released,
    released: block.released,
    reason: block.reason,
    codeId: block.codeId,
    state: block.state,
    createdAt: block.createdAt,
    releasedAt: block.releasedAt,
  };
}

export function poolResource(
  pool: PoolRecord,
  { capacity, held, sold, blocked }: Usage,
): z.output<typeof Pool> {
  const claimed = held + sold + blocked;
  return {
    id: pool.id,
    eventId: pool.eventId,
    sessionId: pool.sessionId,
    name: pool.name,
    capacity,
    claimed,
    held,
    sold,
    blocked,
    available: capacity === null ? null : capacity - claimed,
  };
}
