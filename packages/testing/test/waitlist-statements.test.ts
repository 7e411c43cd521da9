import type { Actor, Ticketi } from '@ticketi/core';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { aBoxOffice, type BoxOffice, testClock } from '../src/index.ts';
import { postgresBase, type TestBase, ticketiOn } from './support/databases.ts';
import { times } from './support/race.ts';
import { lockedTables, telling } from './support/told-statements.ts';

const user = (id: string): Actor => ({ type: 'user', id });

describe('the statements of the waitlist', () => {
  const clock = testClock();
  let base: TestBase;
  let told: ReturnType<typeof telling>;
  const sent: string[] = [];
  let ticketi: Ticketi;
  let office: BoxOffice;
  let eventId: string;
  let held: string[];

  beforeAll(async () => {
    base = await postgresBase();
    told = telling(base, (statement) => sent.push(statement));
    ticketi = await ticketiOn(told.storage, clock);
  });
  /** An event that is sold out, each place a hold. */
  async function soldOut() {
    office = await aBoxOffice(ticketi, { capacity: 4 });
    eventId = office.event.id;
    await ticketi.waitlist.setPolicy({ eventId });
    held = await fill(4);
  }
  beforeEach(soldOut);
  afterAll(async () => {
    await ticketi?.close();
    await told?.end();
    await base?.drop();
  });

  const join = (id: string) =>
    ticketi.as(user(id)).waitlist.join({
      eventId,
      ticketTypeIds: [office.standard.id],
      buyer: { name: id, email: `${id}@example.com` },
    });
  async function fill(places: number): Promise<string[]> {
    const items = [{ ticketTypeId: office.standard.id, quantity: 1 }];
    const holds = await Promise.all(times(places, () => ticketi.holds.create({ eventId, items })));
    return holds.map(({ id }) => id);
  }
  async function sentBy(work: () => Promise<unknown>): Promise<string[]> {
    sent.length = 0;
    await work();
    return [...sent];
  }

  /** What cancelling sends where so many wait, and as many as there are places have an offer. */
  async function cancelling(waiting: number) {
    for (const id of times(waiting, (index) => `fan${index}`)) await join(id);
    for (const holdId of held) await ticketi.holds.release({ holdId });
    expect(await ticketi.waitlist.offer({ eventId })).toMatchObject({ offered: 4 });
    return sentBy(() => ticketi.events.cancel({ eventId }));
  }

  test('that end it with its event are as many for 80 who wait as for 8', async () => {
    const few = await cancelling(8);
    await soldOut();
    const many = await cancelling(80);
    const ofWaitlist = (sent: readonly string[]) =>
      sent.filter((text) => text.includes('waitlist_'));
    expect(ofWaitlist(few).length).toBeGreaterThan(0);
    expect(ofWaitlist(many).length).toBe(ofWaitlist(few).length);
    expect(many.length).toBe(few.length);
    // Each of them is told of all the same.
    const left: string[] = [];
    for await (const { type, subject } of ticketi.outbox.iterate({
      organizerId: office.organizer.id,
    })) {
      if (type === 'waitlist.left') left.push(subject);
    }
    expect(new Set(left).size).toBe(80);
    expect(left).toHaveLength(80);
  });

  test('of who joins first lock the event before the counters', async () => {
    expect(lockedTables(await sentBy(() => join('ada')))).toEqual(['events', 'counters', 'claims']);
    // Who is not the first shares the event with the others.
    const second = await sentBy(() => join('ben'));
    expect(second.filter((text) => text.includes('FOR SHARE'))).not.toEqual([]);
    expect(lockedTables(second)).toEqual(['events', 'counters', 'claims']);
  });

  test('of who joins again once their offer is over lock its hold before their entry, then the counters', async () => {
    await join('ada');
    const [holdId = ''] = held;
    await ticketi.holds.release({ holdId });
    await ticketi.waitlist.offer({ eventId });
    // The others' holds are over before the offer is; somebody takes those places, and then its.
    clock.advance({ minutes: 720 });
    await fill(4);
    const sent = await sentBy(() => join('ada'));
    expect(lockedTables(sent)).toEqual([
      'events',
      'holds',
      'waitlist_entries',
      'waitlist_offers',
      'counters',
      'claims',
    ]);
  });
});
