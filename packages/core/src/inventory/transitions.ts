import type { Instant, Refusal } from '../kernel/index.ts';
import { lapsedAt } from './claiming.ts';
import type { HoldRecord } from './hold.ts';
import { holdExpired, holdNotActive } from './refusals.ts';

/** active -> released; an expired hold may be released too, which changes nothing for others. */
export function releaseHold(hold: HoldRecord): HoldRecord | Refusal<'hold_not_active'> {
  if (hold.state !== 'active') return holdNotActive({ holdId: hold.id, state: hold.state });
  return { ...hold, state: 'released' };
}

/** active -> ordered, while it has not expired. */
export function orderHold(
  hold: HoldRecord,
  now: Instant,
): HoldRecord | Refusal<'hold_not_active' | 'hold_expired'> {
  if (hold.state !== 'active') return holdNotActive({ holdId: hold.id, state: hold.state });
  if (lapsedAt(hold.expiresAt, now)) {
    return holdExpired({ holdId: hold.id, expiredAt: hold.expiresAt });
  }
  return { ...hold, state: 'ordered' };
}
