import type { Actor, Storage, Ticketi } from '@ticketi/core';
import { afterEach, describe, expect, test } from 'vitest';
import { aBoxOffice, type BoxOffice, testClock } from '../src/index.ts';
import { databases, type TestBase, ticketiOn } from './support/databases.ts';
import { times } from './support/race.ts';

const stranger: Actor = { type: 'anonymous' };
const buyer: Actor = { type: 'user', id: 'u_1' };

/** An answer, or the code of the refusal. */
const settled = (asked: Promise<unknown>) =>
  asked.catch((error: { code?: string }) => error.code ?? Promise.reject(error));

describe.each(databases)('who asks while others do, on %s', (_name, create) => {
  let base: TestBase;
  let ticketi: Ticketi;
  let reads: number;

  afterEach(async () => {
    await ticketi?.close();
    await base?.drop();
  });

  async function open(): Promise<BoxOffice> {
    base = await create();
    const storage = base.storage();
    const counting: Storage = {
      ...storage,
      read(work) {
        reads += 1;
        return storage.read(work);
      },
    };
    ticketi = await ticketiOn(counting, testClock());
    const office = await aBoxOffice(ticketi, { capacity: 10 });
    reads = 0;
    return office;
  }

  /** Quotes of several events, most of them good, by callers who may see different things. */
  async function questions(office: BoxOffice) {
    const { organizer, event, standard } = office;
    const owner = ticketi.as({ type: 'user', id: 'owner' });
    const draft = await owner.events.create({
      organizerId: organizer.id,
      name: 'Draft',
      timezone: 'Europe/Berlin',
      currency: 'EUR',
    });
    const good = times(20, (n) => ({
      as: n % 2 === 0 ? stranger : buyer,
      input: {
        eventId: event.id,
        items: [{ ticketTypeId: standard.id, quantity: 1 + (n % 5) }],
        codes: n % 3 === 0 ? ['EARLY'] : [],
      },
    }));
    const items = [{ ticketTypeId: standard.id, quantity: 1 }];
    const missing = standard.id.replace(/.$/, (last) => (last === '0' ? '1' : '0'));
    return [
      ...good,
      { as: stranger, input: { eventId: event.id, items, codes: ['WRONG'] } },
      { as: buyer, input: { eventId: event.id, items: [{ ticketTypeId: missing, quantity: 1 }] } },
      { as: stranger, input: { eventId: draft.id, items } },
      { as: { type: 'user', id: 'owner' } as const, input: { eventId: draft.id, items } },
      ...good,
    ];
  }

  test('is answered as if alone, from one snapshot for each event', async () => {
    const asked = await questions(await open());
    const ask = ({ as, input }: (typeof asked)[number]) =>
      settled(ticketi.as(as).quotes.get(input));
    const alone: unknown[] = [];
    for (const one of asked) alone.push(await ask(one));
    reads = 0;
    expect(await Promise.all(asked.map(ask))).toEqual(alone);
    expect(reads).toBe(2);
    expect(alone.filter((answer) => typeof answer === 'object')).toHaveLength(40);
    expect(alone.filter((answer) => typeof answer === 'string')).toEqual([
      'code_not_valid',
      'unknown_ticket_type',
      'not_found',
      'not_on_sale',
    ]);
  });

  test('control: what is not shared has a transaction each', async () => {
    const { event } = await open();
    await Promise.all(times(5, () => ticketi.as(stranger).events.get({ eventId: event.id })));
    expect(reads).toBe(5);
  });

  test('sees what was done before it asked', async () => {
    const office = await open();
    const { standard } = office;
    const quote = () =>
      ticketi.as(stranger).quotes.get({
        eventId: office.event.id,
        items: [{ ticketTypeId: standard.id, quantity: 1 }],
      });
    const before = times(10, quote);
    const changed = ticketi
      .as({ type: 'user', id: 'owner' })
      .ticketTypes.update({ ticketTypeId: standard.id, price: 12_300 })
      .then(() => Promise.all(times(10, quote)));
    const units = (await changed).map(({ lines }) => lines[0]?.unitPrice);
    expect(new Set(units)).toEqual(new Set([12_300]));
    await Promise.all(before);
  });
});
