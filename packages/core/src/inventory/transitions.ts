import type { Instant, Refusal } from '../kernel/index.ts';
import type { BlockRecord } from './block.ts';
import { lapsedAt } from './claiming.ts';
import type { HoldRecord } from './hold.ts';
import {
  blockReleased,
  blockTooSmall,
  holdAlreadyExtended,
  holdExpired,
  holdNotActive,
  holdNotChangeable,
  notInBlock,
} from './refusals.ts';

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
  return overOf(hold, now) ?? { ...hold, state: 'ordered' };
}

/** Moves the expiry of an active hold, once. */
export function extendHold(
  hold: HoldRecord,
  expiresAt: Instant,
  now: Instant,
): HoldRecord | Refusal<'hold_not_active' | 'hold_expired' | 'hold_already_extended'> {
  const over = overOf(hold, now);
  if (over !== undefined) return over;
  if (hold.extendedAt !== null) {
    return holdAlreadyExtended({ holdId: hold.id, extendedAt: hold.extendedAt });
  }
  return { ...hold, expiresAt, extendedAt: now };
}

/** Whether an active hold may become one for other items; a reserved listing has none. */
export function changeHold(
  hold: HoldRecord,
  now: Instant,
): HoldRecord | Refusal<'hold_not_active' | 'hold_expired' | 'hold_not_changeable'> {
  const over = overOf(hold, now);
  if (over !== undefined) return over;
  if (hold.listingId !== null) {
    return holdNotChangeable({ holdId: hold.id, listingId: hold.listingId });
  }
  return hold;
}

/** Why a hold is no longer the buyer's to use. */
function overOf(
  hold: HoldRecord,
  now: Instant,
): Refusal<'hold_not_active' | 'hold_expired'> | undefined {
  if (hold.state !== 'active') return holdNotActive({ holdId: hold.id, state: hold.state });
  if (lapsedAt(hold.expiresAt, now)) {
    return holdExpired({ holdId: hold.id, expiredAt: hold.expiresAt });
  }
  return undefined;
}

/** What of a block is to be released; neither: all that is left. */
export interface BlockPart {
  readonly units?: number | undefined;
  /** Labels. */
  readonly seats?: readonly string[] | undefined;
}

/** active -> released, when nothing of the block is left. */
export function releaseBlock(
  block: BlockRecord,
  { units, seats: named }: BlockPart,
  now: Instant,
): BlockRecord | Refusal<'block_released' | 'block_too_small' | 'not_in_block'> {
  const blockId = block.id;
  if (block.state === 'released') {
    return blockReleased({ blockId, releasedAt: block.releasedAt });
  }
  const { seats: aside } = block;
  if (aside === null && named !== undefined) {
    return notInBlock({ blockId, of: 'pool', seats: [...named] });
  }
  if (aside !== null && units !== undefined) return notInBlock({ blockId, of: 'seats', seats: [] });
  const strange = (named ?? []).filter((label) => !aside?.some((seat) => seat.label === label));
  if (strange.length > 0) return notInBlock({ blockId, of: 'seats', seats: strange });

  const left = block.units - block.released;
  const requested = units ?? named?.length ?? left;
  if (requested > left) return blockTooSmall({ blockId, left, requested });
  const kept = named === undefined ? [] : aside?.filter(({ label }) => !named.includes(label));
  const seats = aside === null ? null : (kept ?? []);
  const released = block.released + requested;
  return released === block.units
    ? { ...block, seats, released, state: 'released', releasedAt: now }
    : { ...block, seats, released };
}
