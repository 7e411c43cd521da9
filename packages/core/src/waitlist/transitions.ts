import type { Instant } from '../kernel/index.ts';
import { placeOf, type WaitlistEntryRecord, waitingSince } from './entry.ts';
import type { WaitlistTerms } from './policy.ts';

/** waiting -> offered. */
export function offerEntry(entry: WaitlistEntryRecord): WaitlistEntryRecord {
  return { ...entry, state: 'offered', endedFor: null };
}

/** offered -> accepted: its hold became an order. */
export function acceptEntry(entry: WaitlistEntryRecord): WaitlistEntryRecord {
  return { ...entry, state: 'accepted', endedFor: null };
}

/**
 * offered -> waiting | ended: an offer was let pass or declined. As long as the policy
 * lets it, the entry waits on, behind all of its priority.
 */
export function missEntry(
  entry: WaitlistEntryRecord,
  terms: WaitlistTerms,
  now: Instant,
): WaitlistEntryRecord {
  const misses = entry.misses + 1;
  if (misses >= terms.misses) return { ...endEntry(entry, 'missed'), misses };
  const place = placeOf(entry.priority, now, entry.id);
  return { ...entry, state: 'waiting', endedFor: null, misses, place };
}

/** waiting | offered -> ended. */
export function endEntry(
  entry: WaitlistEntryRecord,
  endedFor: NonNullable<WaitlistEntryRecord['endedFor']>,
): WaitlistEntryRecord {
  return { ...entry, state: 'ended', endedFor };
}

/** Another priority; among those of it, it stands where it joined. */
export function prioritize(entry: WaitlistEntryRecord, priority: number): WaitlistEntryRecord {
  return { ...entry, priority, place: placeOf(priority, waitingSince(entry), entry.id) };
}
