import type { Surface, Ticketi } from '@ticketi/core';

type Answer<Call> = Call extends (...input: never[]) => Promise<infer Output> ? Output : never;
type Input<Call> = Call extends (input: infer Given, ...rest: never[]) => unknown
  ? NonNullable<Given>
  : never;

export type TestOrganizer = Answer<Surface['organizers']['create']>;
export type TestEvent = Answer<Surface['events']['publish']>;
export type TestPool = Answer<Surface['pools']['create']>;
export type TestTicketType = Answer<Surface['ticketTypes']['create']>;
export type TestCode = Answer<Surface['codes']['create']>;
export type TestFee = Answer<Surface['fees']['set']>;
export type TestResalePolicy = Answer<Surface['resale']['setPolicy']>;

/** What may differ from the box office that `aBoxOffice` makes. */
export interface BoxOfficeOptions {
  /** The user who owns the organizer. Default `owner`. */
  readonly ownerId?: string;
  /** Added to, or put in place of, the event's own input. */
  readonly event?: Partial<Omit<Input<Surface['events']['create']>, 'organizerId'>>;
  /** Units of the one pool; null: unlimited. Default 100. */
  readonly capacity?: number | null;
  /** Default 4900, minor units. */
  readonly standardPrice?: number;
  /** Default 9900, minor units. */
  readonly vipPrice?: number;
  /** Orders that may use the code `EARLY`; null: any number. Default 10. */
  readonly codeUses?: number | null;
  readonly fee?: Partial<Omit<Input<Surface['fees']['set']>, 'eventId'>>;
  readonly resale?: Partial<Omit<Input<Surface['resale']['setPolicy']>, 'eventId'>>;
}

/** An organizer with one published event that has everything a sale can meet. */
export interface BoxOffice {
  readonly organizer: TestOrganizer;
  readonly ownerId: string;
  readonly event: TestEvent;
  readonly pool: TestPool;
  readonly standard: TestTicketType;
  readonly vip: TestTicketType;
  readonly code: TestCode;
  readonly fee: TestFee;
  readonly policy: TestResalePolicy;
}

/**
 * Makes an organizer with its owner and a published event: two ticket types on
 * one pool, the code `EARLY` (10 % off), a fee of 5 % + 50 on top, and a resale
 * policy with a cap of 110 %. Only through public operations.
 */
export async function aBoxOffice(
  ticketi: Pick<Ticketi, keyof Surface | 'as'>,
  options: BoxOfficeOptions = {},
): Promise<BoxOffice> {
  const ownerId = options.ownerId ?? 'owner';
  const owner = ticketi.as({ type: 'user', id: ownerId });
  const organizer = await owner.organizers.create({ name: 'Summer Fest e.V.' });
  const { id: eventId } = await owner.events.create({
    name: 'Summer Fest',
    timezone: 'Europe/Berlin',
    currency: 'EUR',
    sessions: [{ startsAt: '2097-07-10T18:00', endsAt: '2097-07-11T02:00' }],
    ...options.event,
    organizerId: organizer.id,
  });
  const { capacity = 100, codeUses = 10, standardPrice = 4900, vipPrice = 9900 } = options;
  const pool = await owner.pools.create({ eventId, name: 'Floor', capacity });
  const draws = [{ poolId: pool.id }];
  const standard = await owner.ticketTypes.create({
    eventId,
    name: 'Standard',
    price: standardPrice,
    draws,
  });
  const vip = await owner.ticketTypes.create({ eventId, name: 'VIP', price: vipPrice, draws });
  const code = await owner.codes.create({
    eventId,
    code: 'EARLY',
    discount: { type: 'percent', percent: '10' },
    maxUses: codeUses,
  });
  const fee = await owner.fees.set({ percent: '5', fixed: 50, ...options.fee, eventId });
  const policy = await owner.resale.setPolicy({
    cap: '110',
    sellerFee: '5',
    buyerFee: '5',
    ...options.resale,
    eventId,
  });
  const event = await owner.events.publish({ eventId });
  return { organizer, ownerId, event, pool, standard, vip, code, fee, policy };
}
