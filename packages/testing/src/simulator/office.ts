import type { Actor, Surface, Ticketi } from '@ticketi/core';
import type { Chance } from './chance.ts';

type Answer<Call> = Call extends (...input: never[]) => Promise<infer Output> ? Output : never;
type Type = Answer<Surface['ticketTypes']['create']>;

/** What the simulated organizer sells. Small numbers: the last one is what buyers fight for. */
export interface Office {
  readonly organizerId: string;
  readonly eventId: string;
  readonly sessionId: string;
  /** When its only session is over. */
  readonly endsAt: string;
  readonly poolIds: readonly string[];
  readonly types: readonly Type[];
  readonly seats: readonly string[];
  /** Codes by name, as buyers type them. */
  readonly codes: readonly string[];
}

export const OWNER: Actor = { type: 'user', id: 'owner' };
export const TILL: Actor = { type: 'user', id: 'till' };
export const DOOR: Actor = { type: 'user', id: 'door' };

const ROW = 6;

/** Opens an organizer with one event that has everything a sale can meet. */
export async function openOffice(ticketi: Ticketi, chance: Chance): Promise<Office> {
  const owner = ticketi.as(OWNER);
  const { id: organizerId } = await owner.organizers.create({ name: 'Fair e.V.' });
  await owner.members.add({ organizerId, userId: 'till', role: 'box_office' });
  await owner.members.add({ organizerId, userId: 'door', role: 'scanner' });
  const event = await owner.events.create({
    organizerId,
    name: 'Fair',
    timezone: 'Europe/Berlin',
    currency: 'EUR',
    sessions: [{ startsAt: '2027-06-05T18:00', endsAt: '2027-06-06T02:00' }],
  });
  const eventId = event.id;
  const sessionId = event.sessions[0]?.id ?? '';
  const floor = await owner.pools.create({
    eventId,
    name: 'Floor',
    capacity: chance.between(6, 20),
  });
  const bar = await owner.pools.create({ eventId, name: 'Bar', capacity: chance.between(4, 10) });

  const draws = [{ poolId: floor.id }];
  const types: Type[] = [];
  const add = async (type: Omit<Parameters<Surface['ticketTypes']['create']>[0], 'eventId'>) => {
    types.push(await owner.ticketTypes.create({ ...type, eventId }));
  };
  await add({ name: 'Standard', price: 4900, draws, maxPerBuyer: 4 });
  await add({ name: 'VIP', price: 9900, draws: [...draws, { poolId: bar.id }], maxInAll: 6 });
  await add({
    name: 'Early',
    price: 3900,
    draws,
    tiers: [{ name: 'first', price: 2900, quantity: 2 }],
  });
  await add({ name: 'Table', price: 15_000, draws: [{ poolId: bar.id, units: 2 }], admissions: 2 });
  const { id: seatMapId } = await owner.seatMaps.create({
    organizerId,
    name: 'Hall',
    sections: [{ key: 'a', rows: [{ name: 1, seats: ROW }] }],
  });
  await owner.seatMaps.assign({ sessionId, seatMapId });
  const { categories } = await owner.seatMaps.get({ seatMapId });
  const category = categories[0]?.key ?? '';
  await add({ name: 'Seat', price: 3000, seating: { categories: [category] } });

  const percent = { type: 'percent', percent: '10' } as const;
  const codes = [
    { code: 'EARLY', discount: percent, maxUses: chance.between(1, 3) },
    { code: 'ONCE', discount: { type: 'fixed', amount: 500 } as const, maxUses: 1 },
    { code: 'CREW', discount: { type: 'free' } as const, maxUses: 2 },
  ];
  for (const code of codes) await owner.codes.create({ ...code, eventId });
  await owner.fees.set({ eventId, percent: '5', fixed: 50 });
  if (chance.percent(50)) await owner.taxes.set({ organizerId, name: 'VAT', percent: '19' });
  await owner.resale.setPolicy({
    eventId,
    cap: '110',
    sellerFee: '5',
    buyerFee: '5',
    organizerShare: { of: chance.percent(50) ? 'fees' : 'markup', percent: '30' },
    settlement: chance.percent(50) ? 'refund_and_rebuy' : 'payout_after_event',
    closesAt: '2h before start',
    maxOpen: 3,
  });
  await owner.refunds.setPolicy({ eventId, feesKept: false });
  await owner.waitlist.setPolicy({ eventId, offerMinutes: 60, misses: 2 });
  await owner.events.publish({ eventId });
  return {
    organizerId,
    eventId,
    sessionId,
    endsAt: event.sessions[0]?.endsAt ?? '',
    poolIds: [floor.id, bar.id],
    types,
    seats: Array.from({ length: ROW }, (_, index) => `a-1-${index + 1}`),
    codes: codes.map(({ code }) => code),
  };
}
