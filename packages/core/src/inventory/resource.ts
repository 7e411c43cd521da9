import type * as z from 'zod';
import { type Actor, guestToken, type Instant, type Secrets } from '../kernel/index.ts';
import { lapsedAt } from './claiming.ts';
import type { CounterRecord } from './counter.ts';
import type { Hold, HoldRecord } from './hold.ts';
import type { Pool, PoolRecord } from './pool.ts';

export function holdResource(hold: HoldRecord, now: Instant): Hold {
  const expired = hold.state === 'active' && lapsedAt(hold.expiresAt, now);
  return {
    id: hold.id,
    eventId: hold.eventId,
    state: expired ? 'expired' : hold.state,
    userId: hold.userId,
    items: [...hold.items],
    listingId: hold.listingId,
    quote: hold.quote,
    expiresAt: hold.expiresAt,
    createdAt: hold.createdAt,
    accessToken: null,
  };
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

export function poolResource(
  pool: PoolRecord,
  counter: Pick<CounterRecord, 'capacity' | 'claimed'> | undefined,
  lapsed: number,
): z.output<typeof Pool> {
  const capacity = counter?.capacity ?? null;
  const claimed = (counter?.claimed ?? 0) - lapsed;
  return {
    id: pool.id,
    eventId: pool.eventId,
    sessionId: pool.sessionId,
    name: pool.name,
    capacity,
    claimed,
    available: capacity === null ? null : capacity - claimed,
  };
}
