import type { Storage, Ticketi, WriteTx } from '@ticketi/core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { testClock } from '../src/index.ts';
import { type Crowd, call, openCrowd } from './support/crowd.ts';
import { databases, type TestBase, ticketiOn } from './support/databases.ts';
import { strange, times } from './support/race.ts';
import { anInvoicingOffice, numbersOf, paidOrders } from './support/races-of-invoices.ts';

/** Three processes and this one, with many others on the machine. */
const PATIENCE = 120_000;

class RolledBack extends Error {}

/** A storage whose writes are taken back when their work, and a look at what it did, is done. */
function takenBack(storage: Storage, look: (tx: WriteTx) => Promise<void>): Storage {
  return {
    ...storage,
    write: (work) =>
      storage.write(async (tx) => {
        await work(tx);
        await look(tx);
        throw new RolledBack();
      }),
  };
}

describe.each(databases)('numbers of invoices on %s', (dialect, create) => {
  const clock = testClock();
  let base: TestBase;
  let storage: Storage;
  let ticketi: Ticketi;
  let crowd: Crowd;

  beforeAll(async () => {
    base = await create();
    storage = base.storage();
    ticketi = await ticketiOn(storage, clock);
    crowd = await openCrowd(
      [],
      times(3, () => ({ dialect, at: base.at, unguarded: false })),
    );
  });
  afterAll(async () => {
    await crowd?.close();
    await ticketi?.close();
    await base?.drop();
  });

  test(
    'have no gap where three processes issue and a fourth takes its numbers back',
    async () => {
      const office = await anInvoicingOffice(ticketi);
      const organizerId = office.organizer.id;
      const orderIds = await paidOrders(ticketi, office, 120);
      const failing = await paidOrders(ticketi, office, 40);
      const taken: number[] = [];
      const failed = (async () => {
        for (const orderId of failing) {
          const lost = takenBack(storage, async ({ invoices }) => {
            const [invoice] = await invoices.invoices.ofOrders([orderId]);
            taken.push(invoice?.sequence ?? 0);
          });
          const issued = ticketi.within(lost).invoices.issue({ orderId });
          await expect(issued).rejects.toBeInstanceOf(RolledBack);
        }
      })();
      const issue = (orderId: string) => call('invoices.issue', { type: 'system' }, { orderId });
      const outcomes = await crowd.race(orderIds.map(issue), clock.now());
      await failed;

      expect(strange(outcomes)).toEqual([]);
      // Each of them had a number, which somebody else has got since.
      expect(taken.filter((sequence) => sequence > 0)).toHaveLength(40);
      expect(await numbersOf(ticketi, organizerId)).toEqual({ count: 120, wrong: 0 });
      const next = await ticketi.invoices.issue({ orderId: failing[0] ?? '' });
      expect(next.sequence).toBe(121);
      expect((await ticketi.diagnose()).checks.filter(({ ok }) => !ok)).toEqual([]);
    },
    PATIENCE,
  );

  test(
    'are given once where several workers issue what is due',
    async () => {
      const office = await anInvoicingOffice(ticketi);
      const organizerId = office.organizer.id;
      const issuer = await ticketi.invoices.getIssuer({ organizerId });
      const { updatedAt: _then, ...facts } = issuer;
      await ticketi.invoices.setIssuer({ ...facts, issue: 'when_paid' });
      const orderIds = await paidOrders(ticketi, office, 60);
      const outcomes = await crowd.race(
        [
          ...times(12, () => call('invoices.issueDue', { type: 'system' }, { limit: 20 })),
          ...orderIds.map((orderId) => call('invoices.issue', { type: 'system' }, { orderId })),
        ],
        clock.now(),
      );
      expect(strange(outcomes)).toEqual([]);
      expect(await numbersOf(ticketi, organizerId)).toEqual({ count: 60, wrong: 0 });
    },
    PATIENCE,
  );
});
