import { isTicketiError, type OperationName, type Storage, type Surface } from '@ticketi/core';
import { afterEach, describe, expect, test } from 'vitest';
import { aBoxOffice, type BoxOffice, testClock } from '../src/index.ts';
import { forgotten } from './support/catalogue-rows.ts';
import { databases, sqliteBase, type TestBase, ticketiOn } from './support/databases.ts';
import { forgetful } from './support/forgetful.ts';
import { walkAllWrites } from './support/walk.ts';

let base: TestBase | undefined;
const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
  await base?.drop();
});

async function instance(storage: Storage) {
  const ticketi = await ticketiOn(storage, testClock());
  closing.push(() => ticketi.close());
  return ticketi;
}

describe('every operation that writes', () => {
  /** What operations changed of catalogues without saying so. */
  async function walk(dress: (storage: Storage) => Storage) {
    const own = await sqliteBase();
    base = own;
    const clock = testClock();
    const ticketi = await ticketiOn(dress(own.storage()), clock);
    closing.push(() => ticketi.close());
    const silent: [OperationName, string][] = [];
    await walkAllWrites(
      ticketi,
      (minutes) => clock.advance({ minutes }),
      async (operation, run) => {
        const before = await own.contents();
        const answer = await run();
        const found = forgotten(before, await own.contents());
        silent.push(...found.map((what): [OperationName, string] => [operation, what]));
        return answer;
      },
    );
    return silent;
  }

  test('that changes a catalogue changes its version', { timeout: 60_000 }, async () => {
    expect(await walk((storage) => storage)).toEqual([]);
  });

  test('is seen when it does not', { timeout: 60_000 }, async () => {
    const silent = await walk(forgetful);
    const found = new Set(silent.map(([operation, what]) => `${operation}: ${what.split(' ')[0]}`));
    expect([...found].sort()).toEqual([
      'codes.create: codes',
      'codes.createMany: codes',
      'codes.update: codes',
      'discounts.remove: discounts',
      'discounts.set: discounts',
      'fees.remove: fees',
      'fees.set: fees',
      'prices.set: ticket_types',
      'prices.setPolicy: price_policy',
      'questions.remove: questions',
      'questions.set: questions',
      'taxes.remove: taxes',
      'taxes.set: taxes',
      'ticketTypes.create: ticket_types',
      'ticketTypes.update: ticket_types',
    ]);
  });
});

type Change = (owner: Surface, office: BoxOffice) => Promise<unknown>;

/** What one instance changes, and the other one's next quote has to show. */
const changes: Readonly<Record<string, Change>> = {
  'a price': (owner, { standard }) => owner.prices.set({ ticketTypeId: standard.id, price: 5900 }),
  'a tier': (owner, { standard }) =>
    owner.prices.set({ ticketTypeId: standard.id, tiers: [{ name: 'early', price: 3900 }] }),
  'a sale that ends': (owner, { standard }) =>
    owner.ticketTypes.update({ ticketTypeId: standard.id, state: 'off_sale' }),
  'a fee': (owner, { event }) => owner.fees.set({ eventId: event.id, fixed: 1000 }),
  'a fee that is gone': (owner, { fee }) => owner.fees.remove({ feeId: fee.id }),
  'a code that is disabled': (owner, { code }) =>
    owner.codes.update({ codeId: code.id, state: 'disabled' }),
  'a tax': (owner, { organizer }) =>
    owner.taxes.set({ organizerId: organizer.id, name: 'VAT', percent: '19' }),
  'a discount': (owner, { event }) =>
    owner.discounts.set({
      eventId: event.id,
      name: 'Two for one',
      rule: { type: 'n_for_m', n: 2, m: 1 },
    }),
};

/** It stands in the event's own row, which is always read: no version is needed. */
const policyChanges: Readonly<Record<string, Change>> = {
  'the rounding': (owner, { event }) =>
    owner.prices.setPolicy({ eventId: event.id, cashStep: 500, cashRounding: 'always' }),
};

describe.each(databases)('two instances on one database, on %s', (_name, create) => {
  /** What the second instance quotes before and after a change by the first. */
  async function quotes(change: Change, dress: (storage: Storage) => Storage) {
    const own = await create();
    base = own;
    const [first, second] = [await instance(dress(own.storage())), await instance(own.storage())];
    const office = await aBoxOffice(first);
    const asked = {
      eventId: office.event.id,
      items: [{ ticketTypeId: office.standard.id, quantity: 2 }],
      codes: ['EARLY'],
    };
    const quote = () =>
      second.quotes.get(asked).catch((error: unknown) => {
        if (isTicketiError(error)) return error.code;
        throw error;
      });
    const before = await quote();
    expect(before).toMatchObject({ total: 9362 });
    await change(first.as({ type: 'user', id: office.ownerId }), office);
    return { before, after: await quote() };
  }

  test.each(Object.entries({ ...changes, ...policyChanges }))(
    '%s: the next quote of the other one shows it',
    async (...[, change]) => {
      const { before, after } = await quotes(change, (storage) => storage);
      expect(after).not.toEqual(before);
    },
  );

  test.each(Object.entries(changes))(
    '%s: without a new version it stays as it was',
    async (...[, change]) => {
      const { before, after } = await quotes(change, forgetful);
      expect(after).toEqual(before);
    },
  );
});
