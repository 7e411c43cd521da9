import {
  CommitUncertain,
  type HoldRecord,
  isTicketiError,
  type Settings,
  type Ticketi,
  type WriteTx,
} from '@ticketi/core';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  aBoxOffice,
  aHold,
  aPaidOrder,
  type BoxOffice,
  type BoxOfficeOptions,
  testClock,
  ticketsOf,
} from '../src/index.ts';
import { sqliteBase, type TestBase, ticketiOn } from './support/databases.ts';
import { times } from './support/race.ts';
import { type Wrapping, wrapped } from './support/wrapped-storage.ts';

describe('the lane of an event, over SQLite', () => {
  let base: TestBase;
  let ticketi: Ticketi;
  let transactions: number;

  beforeEach(async () => {
    base = await sqliteBase();
    transactions = 0;
  });
  afterEach(async () => {
    await ticketi?.close();
    await base?.drop();
  });

  /** Opens Ticketi with a count of its writing transactions, and a box office on it. */
  async function open(
    { settings = {}, ...office }: BoxOfficeOptions & { settings?: Partial<Settings> } = {},
    { around = (run) => run(), inside = (tx) => tx }: Wrapping = {},
  ): Promise<BoxOffice> {
    const storage = wrapped(base.storage(), {
      around(run) {
        transactions += 1;
        return around(run);
      },
      inside,
    });
    ticketi = await ticketiOn(storage, testClock(), { settings });
    const made = await aBoxOffice(ticketi, office);
    transactions = 0;
    return made;
  }

  function hold(office: BoxOffice, userId: string, quantity = 1, idempotencyKey?: string) {
    const items = [{ ticketTypeId: office.standard.id, quantity }];
    const user = ticketi.as({ type: 'user', id: userId });
    return user.holds.create({ eventId: office.event.id, items }, { idempotencyKey });
  }

  async function claimed({ event }: BoxOffice, from = ticketi): Promise<number | undefined> {
    return (await from.pools.list({ eventId: event.id })).items[0]?.claimed;
  }

  test('300 commands that come at once take two transactions', async () => {
    const office = await open({ capacity: null });
    await Promise.all(times(300, (index) => hold(office, `user${index}`)));
    expect(transactions).toBe(2);
    expect(await claimed(office)).toBe(300);
  });

  test('what comes one after the other takes one transaction each', async () => {
    const office = await open();
    for (const index of times(5, (turn) => turn)) await hold(office, `user${index}`);
    expect(transactions).toBe(5);
  });

  test('what comes during a transaction goes into the next one, all of it', async () => {
    let begun: () => void = () => {};
    const running = new Promise<void>((resolve) => {
      begun = resolve;
    });
    const office = await open(
      {},
      {
        around(run) {
          begun();
          return run();
        },
      },
    );
    const first = hold(office, 'first');
    await running;
    transactions = 1;
    const later = times(40, (index) => hold(office, `user${index}`));
    await Promise.all([first, ...later]);
    expect(transactions).toBe(2);
  });

  test('places go to who came first, across batches', async () => {
    const office = await open({ capacity: 10, settings: { laneBatch: 4 } });
    const outcomes = await Promise.allSettled(times(25, (index) => hold(office, `user${index}`)));
    expect(outcomes.map(({ status }) => status)).toEqual([
      ...times(10, () => 'fulfilled'),
      ...times(15, () => 'rejected'),
    ]);
    expect(transactions).toBe(7);
  });

  test('a refusal in a batch takes nothing from the others', async () => {
    const office = await open();
    const outcomes = await Promise.allSettled(
      times(12, (index) => hold(office, `user${index}`, index % 3 === 0 ? 11 : 1)),
    );
    const codes = outcomes.map((outcome) =>
      outcome.status === 'rejected' ? outcome.reason.code : 'done',
    );
    expect(codes).toEqual(times(12, (index) => (index % 3 === 0 ? 'limit_exceeded' : 'done')));
    expect(transactions).toBe(1);
    expect(await claimed(office)).toBe(8);
  });

  test('a command on which the database fails is soon alone, and fails alone', async () => {
    const office = await open(
      {},
      { inside: (tx) => withHoldsInserted(tx, (rows) => twiceOf(rows, 'spoiler')) },
    );
    const users = times(20, (index) => (index === 7 ? 'spoiler' : `user${index}`));
    const outcomes = await Promise.allSettled(users.map((user) => hold(office, user)));
    const failed = outcomes.flatMap((outcome, index) =>
      outcome.status === 'rejected' ? [{ index, code: outcome.reason.code }] : [],
    );
    expect(failed).toEqual([{ index: 7, code: 'SQLITE_CONSTRAINT_PRIMARYKEY' }]);
    // 20, 10, 5, 5, 3, 2, the spoiler, 2, 10.
    expect(transactions).toBe(9);
    expect(await claimed(office)).toBe(19);
    expect((await ticketi.diagnose()).ok).toBe(true);
  });

  test('when the database is away all of a batch hear so, and none is tried alone', async () => {
    let away = false;
    const office = await open(
      {},
      {
        async around(run) {
          if (away) throw new Error('The database is away.');
          return run();
        },
      },
    );
    away = true;
    const outcomes = await Promise.allSettled(times(50, (index) => hold(office, `user${index}`)));
    expect(
      new Set(outcomes.map((one) => (one.status === 'rejected' ? one.reason.message : 'done'))),
    ).toEqual(new Set(['The database is away.']));
    expect(transactions).toBe(1);
    away = false;
    expect((await hold(office, 'patient')).state).toBe('active');
  });

  test('beyond its bound it is busy, and says when to come again', async () => {
    const office = await open({ settings: { laneQueue: 5 } });
    const outcomes = await Promise.allSettled(times(20, (index) => hold(office, `user${index}`)));
    const refused = outcomes.filter(({ status }) => status === 'rejected');
    expect(refused).toHaveLength(15);
    for (const outcome of refused) {
      const reason: unknown = outcome.status === 'rejected' ? outcome.reason : undefined;
      expect(isTicketiError(reason, 'busy') && reason.retryable).toBe(true);
      expect(isTicketiError(reason, 'busy') && reason.details).toEqual({ retryAfterSeconds: 1 });
    }
    expect(await claimed(office)).toBe(5);
  });

  test('closing waits for what was accepted', async () => {
    const office = await open({ settings: { laneBatch: 10 } });
    const running = Promise.allSettled(times(50, (index) => hold(office, `user${index}`)));
    await ticketi.close();
    expect((await running).filter(({ status }) => status === 'fulfilled')).toHaveLength(50);
    ticketi = await ticketiOn(base.storage(), testClock());
    expect(await claimed(office)).toBe(50);
  });

  test.each([1, 5])(
    'a batch of %i whose commit is in doubt is not run again, and its keys tell what became of it',
    async (size) => {
      let doubtful = false;
      const office = await open(
        {},
        {
          async around(run) {
            const result = await run();
            if (doubtful) throw new CommitUncertain('The connection broke.');
            return result;
          },
        },
      );
      const ask = () =>
        Promise.allSettled(times(size, (index) => hold(office, 'asker', 1, `key ${index}`)));
      doubtful = true;
      const first = await ask();
      expect(
        first.map(
          (outcome) => outcome.status === 'rejected' && outcome.reason instanceof CommitUncertain,
        ),
      ).toEqual(times(size, () => true));
      expect(transactions).toBe(1);

      doubtful = false;
      const second = await ask();
      expect(second.map(({ status }) => status)).toEqual(times(size, () => 'fulfilled'));
      expect(await claimed(office)).toBe(size);
    },
  );

  test('orders that are placed and paid at once share transactions, each with its own result', async () => {
    const office = await open({ capacity: null });
    const buyers = await Promise.all(
      times(40, (index) => aHold(ticketi, office, { userId: `user${index}`, quantity: 2 })),
    );
    transactions = 0;
    const orders = await Promise.all(
      buyers.map(({ hold: { id: holdId }, actor }, index) =>
        ticketi.as(actor).orders.place({
          holdId,
          buyer: { name: `Buyer ${index}`, email: `user${index}@example.com` },
          payment: { provider: 'sandbox' },
        }),
      ),
    );
    expect(transactions).toBe(1);
    expect(orders.map(({ holdId }) => holdId)).toEqual(buyers.map(({ hold }) => hold.id));
    expect(orders.map(({ buyer }) => buyer.name)).toEqual(times(40, (index) => `Buyer ${index}`));

    transactions = 0;
    const paid = await Promise.all(
      orders.map(({ id: orderId }, index) =>
        ticketi.as(buyers[index]?.actor ?? { type: 'anonymous' }).orders.pay({ orderId }),
      ),
    );
    // One that begins the payments, one that records them.
    expect(transactions).toBe(2);
    expect(paid.map(({ id, state }) => ({ id, state }))).toEqual(
      orders.map(({ id }) => ({ id, state: 'paid' })),
    );
    for (const { id } of orders) {
      const tickets = await ticketsOf(ticketi, id);
      expect(tickets.map(({ orderId }) => orderId)).toEqual([id, id]);
    }
    expect((await ticketi.diagnose()).checks.filter(({ ok }) => !ok)).toEqual([]);
  });

  test('of a batch that places one hold twice, the second finds it ordered', async () => {
    const office = await open();
    const [first, other] = [await aHold(ticketi, office), await aHold(ticketi, office)];
    transactions = 0;
    const outcomes = await Promise.allSettled(
      [first, other, first, first].map(({ hold: { id: holdId }, actor }) =>
        ticketi
          .as(actor)
          .orders.place({ holdId, buyer: { name: 'Ann', email: 'ann@example.com' } }),
      ),
    );
    expect(
      outcomes.map((outcome) => (outcome.status === 'rejected' ? outcome.reason.code : 'done')),
    ).toEqual(['done', 'done', 'hold_not_active', 'hold_not_active']);
    expect(transactions).toBe(1);
  });

  test('codes scanned at the same moment share a transaction, and one of a kind gets in', async () => {
    const office = await open();
    const { tickets } = await aPaidOrder(ticketi, office, { quantity: 10 });
    const codes = await Promise.all(
      tickets.map(async ({ id: ticketId }) => (await ticketi.tickets.code({ ticketId })).code),
    );
    transactions = 0;
    const scans = await Promise.all(
      [...codes, ...codes, 'no code at all'].map((code) =>
        ticketi.checkin.scan({ eventId: office.event.id, code }),
      ),
    );
    expect(transactions).toBe(1);
    expect(scans.map(({ admitted, reason }) => (admitted ? 'in' : reason))).toEqual([
      ...times(10, () => 'in'),
      ...times(10, () => 'already_in'),
      'unknown_code',
    ]);
  });

  function withHoldsInserted(
    tx: WriteTx,
    change: (rows: readonly HoldRecord[]) => readonly HoldRecord[],
  ): WriteTx {
    const holds = tx.inventory.holds;
    const changed = {
      ...holds,
      insert: (rows: readonly HoldRecord[]) => holds.insert(change(rows)),
    };
    return { ...tx, inventory: { ...tx.inventory, holds: changed } };
  }

  /** The rows with this user's twice: their key is taken, so the database refuses them. */
  function twiceOf(rows: readonly HoldRecord[], userId: string): readonly HoldRecord[] {
    return rows.flatMap((row) => (row.userId === userId ? [row, row] : [row]));
  }
});
