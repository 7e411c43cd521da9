import type { Page } from '@ticketi/core';
import { aMember, anEvent, anOrganizer, aSession, insertOwner } from './records.ts';
import { aPayment, insertOrder } from './sales-records.ts';
import type { Part } from './suite.ts';

/** The cursor of a page as a store takes it: what `encodeCursor` of the core wrote. */
function after(page: Page<unknown>): readonly string[] | undefined {
  if (page.nextCursor === null) return undefined;
  const key: string[] = JSON.parse(Buffer.from(page.nextCursor, 'base64url').toString('utf8'));
  return key;
}

/** Lists: their order, their pages, their filters. */
export function pages({ it, expect, storage }: Part): void {
  const membersOf = async (count: number) => {
    const organizer = anOrganizer();
    const members = Array.from({ length: count }, (_, index) =>
      aMember(organizer.id, { userId: `user ${index}`, role: 'scanner' }),
    );
    await storage().write(async (tx) => {
      await tx.organizers.organizers.insert([organizer]);
      // Not in the order of their ids.
      await tx.organizers.members.insert([...members.slice(3), ...members.slice(0, 3)]);
    });
    return { organizerId: organizer.id, newestFirst: members.map(({ id }) => id).reverse() };
  };

  async function walk(organizerId: string, limit: number, between = async () => {}) {
    const ids: string[] = [];
    const sizes: number[] = [];
    let cursor: readonly string[] | undefined;
    do {
      const request = { limit, after: cursor };
      const page = await storage().read((tx) =>
        tx.organizers.members.list({ organizerId }, request),
      );
      ids.push(...page.items.map(({ id }) => id));
      sizes.push(page.items.length);
      cursor = after(page);
      await between();
    } while (cursor !== undefined);
    return { ids, sizes };
  }

  it.each([
    [1, [1, 1, 1, 1, 1, 1]],
    [2, [2, 2, 2]],
    [4, [4, 2]],
    [6, [6]],
    [200, [6]],
  ])('walks six rows in pages of %i, newest first, each once', async (limit, sizes) => {
    const { organizerId, newestFirst } = await membersOf(6);
    expect(await walk(organizerId, limit)).toEqual({ ids: newestFirst, sizes });
  });

  it('gives an empty last page when nothing matches', async () => {
    const page = await storage().read((tx) =>
      tx.organizers.members.list(
        { organizerId: anOrganizer().id },
        { limit: 10, after: undefined },
      ),
    );
    expect(page).toEqual({ items: [], nextCursor: null });
  });

  it('neither repeats nor leaves out rows when others come in between', async () => {
    const { organizerId, newestFirst } = await membersOf(6);
    let newcomers = 0;
    const walked = await walk(organizerId, 2, async () => {
      newcomers += 1;
      const member = aMember(organizerId, { userId: `newcomer ${newcomers}`, role: 'scanner' });
      await storage().write((tx) => tx.organizers.members.insert([member]));
    });
    expect(walked.ids).toEqual(newestFirst);
  });

  it('sorts ids by their bytes, whatever the language of the database', async () => {
    const organizer = anOrganizer();
    const ids = [
      'mbr_-',
      'mbr_1',
      'mbr_B',
      'mbr_Z',
      'mbr__',
      'mbr_a',
      'mbr_b',
      'mbr_z',
      'mbr_é',
    ].map((id) => `${id}${organizer.id}`);
    await storage().write(async (tx) => {
      await tx.organizers.organizers.insert([organizer]);
      await tx.organizers.members.insert(
        ids.map((id) => aMember(organizer.id, { id, userId: id, role: 'scanner' })),
      );
    });
    expect((await walk(organizer.id, 3)).ids).toEqual([...ids].reverse());
  });

  it('filters by every field that is given, and ignores those that are undefined', async () => {
    const [first, second] = [anOrganizer(), anOrganizer()];
    const events = [
      anEvent(first.id, 'one'),
      { ...anEvent(first.id, 'two'), visibility: 'private' as const },
      anEvent(second.id, 'three'),
    ];
    await storage().write(async (tx) => {
      await tx.organizers.organizers.insert([first, second]);
      await tx.events.events.insert(events);
    });
    const page = { limit: 10, after: undefined };
    const [both, hidden, none] = await storage().read(async (tx) => [
      await tx.events.events.list({ organizerId: first.id, state: undefined }, page),
      await tx.events.events.list({ organizerId: first.id, visibility: 'private' }, page),
      await tx.events.events.list({ organizerId: second.id, visibility: 'private' }, page),
    ]);
    expect(both?.items.map(({ slug }) => slug)).toEqual(['two', 'one']);
    expect(hidden?.items.map(({ slug }) => slug)).toEqual(['two']);
    expect(none?.items).toEqual([]);
  });

  it('lists sessions by their start, and those of one start by id', async () => {
    const early = '2027-08-01T10:00:00.000Z';
    const sessions = await storage().write(async (tx) => {
      const owner = await insertOwner(tx);
      const rows = [
        aSession(owner),
        aSession(owner, { startsAt: early }),
        aSession(owner),
        aSession(owner, { startsAt: early }),
      ];
      await tx.events.sessions.insert([...rows].reverse());
      return rows;
    });
    const found = await storage().read((tx) =>
      tx.events.sessions.ofEvents([sessions[0]?.eventId ?? '']),
    );
    expect(found).toEqual([sessions[1], sessions[3], sessions[0], sessions[2]]);
  });

  it('gives the payments of orders newest first, and those left open oldest first', async () => {
    const old = '1999-01-01T00:00:00.000Z';
    const [paid, waiting] = await storage().write(async (tx) => {
      const order = await insertOrder(tx, await insertOwner(tx));
      const settled = aPayment(order, { createdAt: old, state: 'succeeded', settledAt: old });
      const open = [
        aPayment(order, { createdAt: '1999-01-02T00:00:00.000Z' }),
        aPayment(order, { createdAt: old, state: 'pending' }),
        aPayment(order, { createdAt: old, state: 'requires_action' }),
      ];
      await tx.payments.payments.insert([settled, ...open]);
      return [settled, open];
    });
    const unsettledBefore = (before: string, limit: number) => ({
      before,
      providers: [paid.provider],
      after: undefined,
      limit,
    });
    const [ofOrder, unsettled, one] = await storage().read(async (tx) => [
      await tx.payments.payments.ofOrders([paid.orderId]),
      await tx.payments.payments.unsettled(unsettledBefore('1999-01-03T00:00:00.000Z', 10)),
      await tx.payments.payments.unsettled(unsettledBefore('1999-01-02T00:00:00.000Z', 1)),
    ]);
    expect(ofOrder).toEqual([...waiting.toReversed(), paid]);
    expect(unsettled).toEqual([waiting[1], waiting[2], waiting[0]]);
    expect(one).toEqual([waiting[1]]);
  });
}
