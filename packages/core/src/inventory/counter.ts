/**
 * What can be claimed at once: the units of a pool, the uses of a code, a
 * listing (capacity 1). The row is narrow because it is the hot one; what it
 * belongs to lies in a table of its own.
 *
 * `claimed` is always the sum of the target's claims that are not released. It
 * changes only in the transaction that writes those claims.
 */
export interface CounterRecord {
  /** The id of the pool, the code or the listing. */
  readonly targetId: string;
  readonly organizerId: string;
  readonly eventId: string;
  /** Most units at once; null is unlimited. */
  readonly capacity: number | null;
  readonly claimed: number;
}

/** A hold's share of one target, until it is released or, once paid, for good. */
export interface ClaimRecord {
  readonly id: string;
  readonly organizerId: string;
  readonly eventId: string;
  readonly targetId: string;
  readonly holdId: string;
  readonly units: number;
  /** When it lapses unless somebody pays; null: it is paid. */
  readonly expiresAt: string | null;
  readonly releasedAt: string | null;
}

/** Units of one target. */
export interface Units {
  readonly targetId: string;
  readonly units: number;
}
