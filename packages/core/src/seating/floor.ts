import type { ReadContext, Refusal } from '../kernel/index.ts';
import type { Taken } from './best-available.ts';
import { choose, type SeatChoice, type SeatWish, seatsLeft } from './choose.ts';
import type { House } from './house.ts';
import { houseOf, pictureOf } from './houses.ts';
import type { SeatPicture } from './picture.ts';
import { noSeatMap } from './refusals.ts';
import type { SeatingRecord } from './seating.ts';

type Reading = Pick<ReadContext, 'tx' | 'settings' | 'now'>;

/** One session's seats while a batch is decided. */
interface Hall {
  readonly house: House;
  readonly picture: SeatPicture;
  /** What is taken, and what the batch has given away so far. */
  taken: Taken;
}

/**
 * The seats of an event's sessions while a batch of holds is decided: each
 * request sees what those before it were given. Nobody is refused for want of
 * seats before everything was read anew.
 */
export class Floor {
  private readonly context: Reading;
  private readonly seatings: ReadonlyMap<string, SeatingRecord>;
  private readonly halls = new Map<string, Hall>();
  private readonly given = new Map<string, Set<number>>();

  constructor(context: Reading, seatings: readonly SeatingRecord[]) {
    this.context = context;
    this.seatings = new Map(seatings.map((seating) => [seating.id, seating]));
  }

  /** Chooses seats and marks them as given away; a refusal gives nothing away. */
  async choose(wish: SeatWish): Promise<SeatChoice | Refusal<ChoiceCode>> {
    const sessions = new Set(wish.items.flatMap(({ sessionIds }) => sessionIds));
    for (const sessionId of sessions) await this.hall(sessionId);
    for (const { sessionIds } of wish.items) {
      const maps = new Set(sessionIds.map((id) => this.seatings.get(id)?.seatMapId));
      const [first = ''] = sessionIds;
      if (maps.size !== 1 || maps.has(undefined)) return noSeatMap({ sessionId: first });
    }
    let choice = choose(this.halls, wish);
    if ('code' in choice && (await this.readAnew([...sessions]))) choice = choose(this.halls, wish);
    if ('code' in choice) return choice;
    for (const { sessionIds, seats } of choice.items) {
      for (const sessionId of sessionIds) this.give(sessionId, seats);
    }
    return choice;
  }

  /** Seats of these categories that are free in all of these sessions. */
  async left(sessionIds: readonly string[], categories: readonly string[]): Promise<number> {
    const maps = new Set<string>();
    for (const sessionId of sessionIds) {
      await this.hall(sessionId);
      maps.add(this.seatings.get(sessionId)?.seatMapId ?? '');
    }
    return maps.size === 1 ? seatsLeft(this.halls, sessionIds, categories) : 0;
  }

  /** Takes back what requests were given; `outrun`: somebody else was faster, so all is read anew. */
  async giveBack(choices: readonly SeatChoice[], outrun: boolean): Promise<void> {
    const sessions = new Set<string>();
    for (const { items } of choices) {
      for (const { sessionIds, seats } of items) {
        for (const sessionId of sessionIds) {
          sessions.add(sessionId);
          for (const seat of seats) this.given.get(sessionId)?.delete(seat);
        }
      }
    }
    if (outrun) await this.readAnew([...sessions], true);
    else for (const sessionId of sessions) this.retake(sessionId);
  }

  private async hall(sessionId: string): Promise<Hall | undefined> {
    const known = this.halls.get(sessionId);
    const seating = this.seatings.get(sessionId);
    if (known !== undefined || seating === undefined) return known;
    const house = await houseOf(this.context, seating.seatMapId);
    const picture = await pictureOf(this.context, seating, house);
    const hall = { house, picture, taken: picture.taken.slice() };
    this.halls.set(sessionId, hall);
    return hall;
  }

  private give(sessionId: string, seats: readonly number[]): void {
    const given = this.given.get(sessionId) ?? new Set();
    this.given.set(sessionId, given);
    const taken = this.halls.get(sessionId)?.taken;
    for (const seat of seats) {
      given.add(seat);
      if (taken !== undefined) taken[seat] = 1;
    }
  }

  /** Whether anything was read: what was read within the last second is good enough. */
  private async readAnew(sessions: readonly string[], always = false): Promise<boolean> {
    let read = false;
    for (const sessionId of sessions) {
      const hall = this.halls.get(sessionId);
      if (hall === undefined || (!always && hall.picture.isFresh(this.context.now))) continue;
      await hall.picture.readAll(this.context);
      this.retake(sessionId);
      read = true;
    }
    return read;
  }

  private retake(sessionId: string): void {
    const hall = this.halls.get(sessionId);
    if (hall === undefined) return;
    hall.taken = hall.picture.taken.slice();
    for (const seat of this.given.get(sessionId) ?? []) hall.taken[seat] = 1;
  }
}

export type ChoiceCode =
  | 'no_seat_map'
  | 'unknown_seat'
  | 'wrong_category'
  | 'companion_seat'
  | 'no_seats_together'
  | 'not_enough_seats';
