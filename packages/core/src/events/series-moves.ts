import {
  type Instant,
  instantFromMillis,
  isRefusal,
  isStorable,
  millisOf,
  plusMinutes,
  type Refusal,
} from '../kernel/index.ts';
import type { SessionRecord } from './event.ts';
import { invalidTime } from './local-time.ts';
import { invalidSession } from './refusals.ts';
import { ambiguousTimes } from './series-refusals.ts';
import { type Ambiguity, type OnAmbiguous, WallClock } from './wall-clock.ts';

/** What is changed of the sessions of a series; what is left out stays. */
export interface Moves {
  readonly name?: string | null | undefined;
  /** The time of day at which they start: 20:00. */
  readonly startTime?: string | undefined;
  /** Days by which they move, on the calendar. */
  readonly shiftDays?: number | undefined;
  readonly durationMinutes?: number | undefined;
  /** Null: doors without a time. */
  readonly doorsBeforeMinutes?: number | null | undefined;
  readonly onAmbiguous: OnAmbiguous;
}

/** Why a session keeps its times. */
type KeptBecause =
  | { readonly why: 'claimed'; readonly poolId: string | null; readonly units: number }
  | { readonly why: 'started' | 'cancelled' | 'ambiguous_time' };

export interface Moved {
  readonly changed: readonly { readonly was: SessionRecord; readonly next: SessionRecord }[];
  readonly kept: readonly ({ readonly sessionId: string } & KeptBecause)[];
}

/** The pool through which something of a session is claimed (null: its seats), with its units. */
export type ClaimedSessions = ReadonlyMap<
  string,
  { readonly poolId: string | null; readonly units: number }
>;

/** Whether it changes when sessions are. What only renames them touches nothing that is sold. */
export function movesTimes(moves: Moves): boolean {
  const { startTime, shiftDays, durationMinutes, doorsBeforeMinutes } = moves;
  return [startTime, shiftDays, durationMinutes, doorsBeforeMinutes].some(
    (change) => change !== undefined,
  );
}

/**
 * The sessions of a series as they are after a change. Those that are claimed,
 * have begun or were cancelled stay as they are, and so do those whose new time
 * is ambiguous when `onAmbiguous` says `skip`.
 */
export function moveSessions(
  sessions: readonly SessionRecord[],
  moves: Moves,
  known: {
    readonly timezone: string;
    /** The sessions of the series last this long, or else until a local time. */
    readonly exact: boolean;
    readonly claimed: ClaimedSessions;
    readonly now: Instant;
  },
): Moved | Refusal<'ambiguous_times' | 'invalid_time' | 'invalid_session'> {
  const clock = new WallClock(known.timezone);
  const changed: Moved['changed'][number][] = [];
  const kept: Moved['kept'][number][] = [];
  const ambiguous: Ambiguity[] = [];
  for (const was of sessions) {
    const sessionId = was.id;
    const because = movesTimes(moves) ? keptBecause(was, known) : undefined;
    if (because !== undefined) {
      kept.push({ sessionId, ...because });
      continue;
    }
    const times = timesOf(was, moves, clock, known.exact);
    if (isRefusal(times)) return times;
    if ('readings' in times) {
      ambiguous.push(times);
      kept.push({ sessionId, why: 'ambiguous_time' });
      continue;
    }
    const name = moves.name === undefined ? was.name : moves.name;
    changed.push({ was, next: { ...was, ...times, name } });
  }
  if (ambiguous.length > 0 && moves.onAmbiguous === 'refuse') {
    const times = ambiguous.map(({ time, readings }) => ({ time, readings: [...readings] }));
    return ambiguousTimes({ timezone: known.timezone, times });
  }
  return { changed, kept };
}

function keptBecause(
  session: SessionRecord,
  { claimed, now }: { readonly claimed: ClaimedSessions; readonly now: Instant },
): KeptBecause | undefined {
  const claim = claimed.get(session.id);
  if (claim !== undefined) return { why: 'claimed', ...claim };
  if (session.state === 'cancelled') return { why: 'cancelled' };
  return session.startsAt <= now ? { why: 'started' } : undefined;
}

function timesOf(was: SessionRecord, moves: Moves, clock: WallClock, exact: boolean) {
  const { startTime, shiftDays, durationMinutes, doorsBeforeMinutes, onAmbiguous } = moves;
  const shown = clock.at(was.startsAt);
  const moved = shown.add({ days: shiftDays ?? 0 }).withPlainTime(startTime ?? shown.toPlainTime());
  const startsAt = moved.equals(shown) ? was.startsAt : clock.instantOf(moved, onAmbiguous);
  if (startsAt === undefined) return invalidTime({ time: moved.toString() });
  if (typeof startsAt !== 'string') return startsAt;
  const by = millisOf(startsAt) - millisOf(was.startsAt);

  let endsAt: Instant | Ambiguity | undefined;
  if (durationMinutes !== undefined) endsAt = plusMinutes(startsAt, durationMinutes);
  else if (exact || by === 0) endsAt = later(was.endsAt, by);
  else endsAt = clock.instantOf(moved.add(shown.until(clock.at(was.endsAt))), onAmbiguous);
  if (endsAt === undefined) return invalidTime({ time: moved.toString() });
  if (typeof endsAt !== 'string') return endsAt;

  const kept = was.doorsAt === null ? null : later(was.doorsAt, by);
  const asked =
    doorsBeforeMinutes === null ? null : plusMinutes(startsAt, -(doorsBeforeMinutes ?? 0));
  const doorsAt = doorsBeforeMinutes === undefined ? kept : asked;
  if (![startsAt, endsAt, doorsAt ?? startsAt].every((at) => isStorable(millisOf(at)))) {
    return invalidTime({ time: moved.toString() });
  }
  if (endsAt <= startsAt) return invalidSession({ startsAt, endsAt, doorsAt });
  return { startsAt, endsAt, doorsAt };
}

/** The instant so many milliseconds later. */
export function later(instant: Instant, millis: number): Instant {
  return instantFromMillis(millisOf(instant) + millis);
}
