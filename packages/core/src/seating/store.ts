import type { InsertStore, Instant, ReadStore, WriteStore } from '../kernel/index.ts';
import type { SeatMapDocument, SeatMapRecord } from './seat-map.ts';
import type { SeatingRecord } from './seating.ts';

interface SeatMapFilter {
  organizerId?: string | undefined;
}

/** Seats of one session by their places in the map, as one text: `3,4,17`. */
export interface SeatGroup {
  readonly state: 'held' | 'sold' | 'blocked';
  readonly seats: string;
}

/** Live claims on seats that lapse at one moment (null: never), as one text. */
export interface LiveSeats {
  readonly expiresAt: string | null;
  readonly seats: string;
}

/** A claim on a seat that was made or ended lately. */
export interface SeatChange {
  readonly targetId: string;
  readonly seat: number;
  readonly expiresAt: string | null;
  readonly releasedAt: string | null;
}

/** Seats of a session that somebody has something of. */
export interface ClaimedSeats {
  readonly sessionId: string;
  readonly seats: number;
}

/** Seats that somebody had at an instant, as one text, by when they lapse (null: never). */
export interface SeatsAt extends SeatGroup {
  readonly expiresAt: string | null;
}

export interface SeatingReads {
  readonly maps: ReadStore<SeatMapRecord, SeatMapFilter> & {
    /** The whole of a map. */
    document(id: string): Promise<SeatMapDocument | undefined>;
  };
  readonly seatings: ReadStore<SeatingRecord, object>;
  /** Which seats of a session are held, sold and blocked; what lapsed at `now` is free. */
  seatGroups(eventId: string, sessionId: string, now: Instant): Promise<SeatGroup[]>;
  /** Which seats were, are or will be held, sold and blocked at an instant. */
  seatsAt(eventId: string, sessionId: string, at: Instant): Promise<SeatsAt[]>;
  /** Every live claim on the session's seats, lapsed ones included. */
  liveSeats(eventId: string, sessionId: string): Promise<LiveSeats[]>;
  /** Claims on the session's seats that were made or released at `since` or later. */
  changedSeats(eventId: string, sessionId: string, since: Instant): Promise<SeatChange[]>;
  /** The live claims on these targets, lapsed ones included. */
  claimsOnSeats(eventId: string, targetIds: readonly string[]): Promise<SeatChange[]>;
}

export interface SeatingWrites extends SeatingReads {
  readonly maps: InsertStore<SeatMapRecord, SeatMapFilter> &
    SeatingReads['maps'] & {
      keepDocument(id: string, document: SeatMapDocument): Promise<void>;
    };
  readonly seatings: WriteStore<SeatingRecord, object> & {
    /**
     * The seatings of these sessions for who claims named seats: any number at once, also
     * beside who chooses seats (`findForUpdate`), but none while `findAlone` has them.
     */
    findForClaims(ids: readonly string[]): Promise<SeatingRecord[]>;
    /**
     * The same for who decides by what is claimed: nobody claims a seat of these sessions until
     * the transaction ends, not even one that was never claimed.
     */
    findAlone(ids: readonly string[]): Promise<SeatingRecord[]>;
  };
  /** Seats of each of these sessions that are held, sold or blocked; sessions without are left out. */
  claimedSeats(
    eventId: string,
    sessionIds: readonly string[],
    now: Instant,
  ): Promise<ClaimedSeats[]>;
}
