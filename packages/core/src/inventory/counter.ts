/**
 * What can be claimed at once: the units of a pool, the uses of a code, a
 * listing (capacity 1), what a limit leaves. The row is narrow because it is
 * the hot one; what it belongs to lies in a table of its own.
 *
 * `claimed` is always the sum of the target's claims that are not released. It
 * changes only in the transaction that writes those claims.
 */
export interface CounterRecord {
  /** The id of the pool, the code or the listing; what a limit counts (see `limits.ts`). */
  readonly targetId: string;
  readonly organizerId: string;
  readonly eventId: string;
  /** Most units at once; null is unlimited. */
  readonly capacity: number | null;
  readonly claimed: number;
}

/** A hold's or a block's share of one target, until it is released or, once paid, for good. */
export interface ClaimRecord {
  readonly id: string;
  readonly organizerId: string;
  readonly eventId: string;
  readonly targetId: string;
  /** The hold or the block that it belongs to. */
  readonly claimantId: string;
  readonly units: number;
  readonly claimedAt: string;
  /** When it lapses unless somebody pays; null: it is paid, or a block. */
  readonly expiresAt: string | null;
  /** When it was paid; always null for a block. */
  readonly paidAt: string | null;
  readonly releasedAt: string | null;
}

/** Units of one target. */
export interface Units {
  readonly targetId: string;
  readonly units: number;
}

/**
 * Whether a claim was taken back because it lapsed. One that its own hold gave
 * back, as when a buyer changes their mind, was released before that.
 */
export function wasLost({ releasedAt, expiresAt }: ClaimRecord): boolean {
  return releasedAt !== null && expiresAt !== null && expiresAt <= releasedAt;
}

/** Whether a claim still takes its units from the counter. */
export function isLive({ releasedAt }: ClaimRecord): boolean {
  return releasedAt === null;
}
