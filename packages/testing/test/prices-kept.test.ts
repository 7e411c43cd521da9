import type { Storage, Ticketi } from '@ticketi/core';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { aBoxOffice, type BoxOffice, testClock } from '../src/index.ts';
import { databases, type TestBase, ticketiOn } from './support/databases.ts';
import { type Host, hostOn } from './support/host.ts';
import { aType, expectSound, pricesIn } from './support/pricing.ts';
import { times } from './support/race.ts';

describe.each(databases)('the catalogue that is kept, on %s', (_name, create) => {
  const clock = testClock();
  let base: TestBase;
  let host: Host;
  /** Inside the host's process, and another server. */
  let ticketi: Ticketi;
  let other: Ticketi;
  let office: BoxOffice;

  beforeAll(async () => {
    base = await create();
    host = await hostOn(base);
    ticketi = await ticketiOn(host.storage, clock);
    other = await ticketiOn(base.storage(), clock);
  });
  beforeEach(async () => {
    office = await aBoxOffice(ticketi, { fee: { percent: '0', fixed: 0 } });
  });
  afterAll(async () => {
    await ticketi?.close();
    await other?.close();
    await host?.close();
    await base?.drop();
  });

  const hold = async (handle: Pick<Ticketi, 'holds'>, codes: string[] = []) => {
    const { quote } = await handle.holds.create({
      eventId: office.event.id,
      items: [{ ticketTypeId: office.standard.id, quantity: 1 }],
      codes,
    });
    return quote.total;
  };
  const everywhere = async (codes: string[] = []) => [
    await hold(ticketi, codes),
    await hold(other, codes),
  ];
  const reprice = (price: number) => (joined: Storage) =>
    changeAndSell(joined, price).then((sold) => expect(sold).toBe(price));
  const changeAndSell = async (joined: Storage, price: number) => {
    const inside = ticketi.within(joined);
    await inside.prices.set({ ticketTypeId: office.standard.id, price });
    return hold(inside);
  };

  test('a price that the host rolls back leaves none behind, whoever sold at it', async () => {
    expect(await everywhere()).toEqual([4900, 4900]);
    await host.during('ROLLBACK', reprice(100));
    expect(await everywhere()).toEqual([4900, 4900]);
    await host.during('COMMIT', reprice(200));
    expect(await everywhere()).toEqual([200, 200]);
    await host.during('ROLLBACK', reprice(300));
    await ticketi.prices.set({ ticketTypeId: office.standard.id, price: 400 });
    expect(await everywhere()).toEqual([400, 400]);
    await expectSound(ticketi);
  });

  test('it is kept: what nobody says has changed is not read again', async () => {
    expect(await everywhere()).toEqual([4900, 4900]);
    const { id } = office.standard;
    await base.execute(`UPDATE {t}ticket_types SET price = 1 WHERE id = '${id}'`);
    expect(await everywhere()).toEqual([4900, 4900]);
    await other.codes.create({ eventId: office.event.id, code: 'ANY', unlocks: [id] });
    expect(await everywhere()).toEqual([1, 1]);
  });

  test('several changes in one transaction are each seen in it, and none of them after', async () => {
    expect(await everywhere()).toEqual([4900, 4900]);
    await host.during('ROLLBACK', async (joined) => {
      const inside = ticketi.within(joined);
      const eventId = office.event.id;
      await reprice(1000)(joined);
      await inside.fees.set({ eventId, percent: '0', fixed: 7 });
      expect(await hold(inside)).toBe(1007);
      const discount = { type: 'fixed', amount: 100 } as const;
      await inside.codes.create({ eventId, code: 'INSIDE', discount });
      expect(await hold(inside, ['INSIDE'])).toBe(907);
    });
    expect(await everywhere()).toEqual([4900, 4900]);
    await expect(hold(ticketi, ['INSIDE'])).rejects.toMatchObject({ code: 'code_not_valid' });
    await expect(hold(other, ['INSIDE'])).rejects.toMatchObject({ code: 'code_not_valid' });
    await expectSound(ticketi);
  });

  test('a code that nobody had is found as soon as it is made, on every server', async () => {
    await expect(hold(other, ['LATER'])).rejects.toMatchObject({ code: 'code_not_valid' });
    await expect(hold(ticketi, ['LATER'])).rejects.toMatchObject({ code: 'code_not_valid' });
    const discount = { type: 'fixed', amount: 900 } as const;
    const { id: codeId } = await ticketi.codes.create({
      eventId: office.event.id,
      code: 'LATER',
      discount,
    });
    expect(await everywhere(['later'])).toEqual([4000, 4000]);
    await other.codes.update({ codeId, state: 'disabled' });
    await expect(hold(ticketi, ['LATER'])).rejects.toMatchObject({ code: 'code_not_valid' });
  });

  test('what one server changes, the next sale of another has', async () => {
    const { event, organizer, standard } = office;
    const eventId = event.id;
    expect(await everywhere()).toEqual([4900, 4900]);
    await ticketi.ticketTypes.update({ ticketTypeId: standard.id, price: 5000 });
    expect(await everywhere()).toEqual([5000, 5000]);
    await other.fees.set({ eventId, percent: '10', fixed: 0 });
    expect(await everywhere()).toEqual([5500, 5500]);
    const rule = { type: 'minimum_value', min: 1, off: { type: 'fixed', amount: 1000 } } as const;
    const { id: discountId } = await ticketi.discounts.set({ eventId, name: 'Now', rule });
    expect(await everywhere()).toEqual([4400, 4400]);
    await other.discounts.remove({ discountId });
    expect(await everywhere()).toEqual([5500, 5500]);
    await other.prices.setPolicy({ eventId, pricesInclude: 'no_tax', taxPlace: 'DE' });
    const { id: taxId } = await ticketi.taxes.set({
      organizerId: organizer.id,
      name: 'VAT',
      percent: '10',
    });
    expect(await everywhere()).toEqual([6050, 6050]);
    await other.taxes.remove({ taxId });
    expect(await everywhere()).toEqual([5500, 5500]);
  });

  test('servers that change and sell at once sell at a price that there was, tiers included', async () => {
    const tiers = [{ name: 'First', price: 1, quantity: 3 }];
    const { id } = await aType(ticketi, office, { tiers });
    const items = [{ ticketTypeId: id, quantity: 1 }];
    const prices = new Set([1, 5000]);
    const sold = await Promise.all(
      times(40, async (index) => {
        const server = index % 2 === 0 ? ticketi : other;
        if (index % 8 === 7) {
          prices.add(6000 + index);
          await server.prices.set({ ticketTypeId: id, price: 6000 + index });
          return [];
        }
        return pricesIn((await server.holds.create({ eventId: office.event.id, items })).quote);
      }),
    );
    const lines = sold.flat();
    expect(lines.filter(([, price]) => !prices.has(Number(price)))).toEqual([]);
    expect(lines.filter(([, price]) => price === 1)).toHaveLength(3);
    await expectSound(ticketi);
  });
});
