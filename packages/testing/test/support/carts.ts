import type { Actor, Ticketi } from '@ticketi/core';
import { aBoxOffice } from '../../src/index.ts';
import { type Crowd, call } from './crowd.ts';
import { type Dice, dice } from './dice.ts';
import type { Call, Outcome } from './participant.ts';
import { field, times } from './race.ts';

const POOLS = 12;
const TYPES = 10;
const CODES = ['EARLY', 'FRIENDS', 'PRESS', 'LATE'];
const USES = 40;

/** An event whose ticket types draw on several pools each, in any order, 1 to 3 units a ticket. */
export interface Fair {
  readonly eventId: string;
  readonly poolIds: readonly string[];
  readonly typeIds: readonly string[];
  readonly capacity: number;
}

export async function aFair(ticketi: Ticketi, seed: number, capacity = 700): Promise<Fair> {
  const chance = dice(seed);
  const office = await aBoxOffice(ticketi, { codeUses: USES });
  const eventId = office.event.id;
  const poolIds: string[] = [];
  for (const index of times(POOLS, (turn) => turn)) {
    const pool = await ticketi.pools.create({ eventId, name: `Pool ${index}`, capacity });
    poolIds.push(pool.id);
  }
  const typeIds: string[] = [];
  for (const index of times(TYPES, (turn) => turn)) {
    const draws = chance
      .some(poolIds, 2 + chance.below(3))
      .map((poolId) => ({ poolId, units: 1 + chance.below(3) }));
    const type = { eventId, name: `Type ${index}`, price: 1000 + index, draws };
    typeIds.push((await ticketi.ticketTypes.create(type)).id);
  }
  for (const code of CODES.slice(1)) {
    const discount = { type: 'percent', percent: '20' } as const;
    await ticketi.codes.create({ eventId, code, discount, maxUses: USES });
  }
  return { eventId, poolIds, typeIds, capacity };
}

/** Refusals that a cart may meet; a deadlock, a conflict or an error is none of them. */
export const REFUSALS = [
  'sold_out',
  'code_not_valid',
  'hold_not_active',
  'hold_expired',
  'order_not_pending',
];

const shopper = (index: number): Actor => ({ type: 'user', id: `shopper${index}` });
const system: Actor = { type: 'system' };

/** Lines in any order; every third cart with one or two codes. */
function cartOf({ typeIds }: Fair, chance: Dice) {
  return {
    items: chance
      .some(typeIds, 1 + chance.below(4))
      .map((ticketTypeId) => ({ ticketTypeId, quantity: 1 + chance.below(2) })),
    codes: chance.below(3) === 0 ? chance.some(CODES, 1) : [],
  };
}

/** What happened when the carts came: all that was answered, by what was asked. */
export interface Rush {
  readonly calls: readonly Call[];
  readonly outcomes: readonly Outcome[];
}

/** As many carts at once. */
export async function holdCarts(
  crowd: Crowd,
  fair: Fair,
  { seed, carts, now }: { seed: number; carts: number; now: string },
): Promise<Rush> {
  const chance = dice(seed);
  const calls = times(carts, (index) =>
    call(
      'holds.create',
      shopper(index),
      { eventId: fair.eventId, ...cartOf(fair, chance) },
      { afterMillis: chance.below(40) },
    ),
  );
  return { calls, outcomes: await crowd.race(calls, now) };
}

/** What has been held is released, changed and placed, all at once, among new carts and sweeps. */
export async function goOn(
  crowd: Crowd,
  fair: Fair,
  before: Rush,
  { seed, now }: { seed: number; now: string },
): Promise<Rush> {
  const chance = dice(seed);
  const calls = granted(before).flatMap(({ actor, id: holdId }): Call[] => {
    const when = { afterMillis: chance.below(60) };
    const place = call(
      'orders.place',
      actor,
      {
        holdId,
        buyer: { name: 'Shopper', email: `${holdId}@example.com` },
        payment: { provider: 'sandbox' },
      },
      when,
    );
    const release = call('holds.release', actor, { holdId }, { afterMillis: chance.below(60) });
    const change = call('holds.change', actor, { holdId, items: cartOf(fair, chance).items }, when);
    return [[place], [place, release], [release], [change], [change, place], [change, change]][
      chance.below(6)
    ] as Call[];
  });
  const fresh = times(100, (index) =>
    call(
      'holds.create',
      shopper(1000 + index),
      { eventId: fair.eventId, ...cartOf(fair, chance) },
      { afterMillis: chance.below(60) },
    ),
  );
  const sweeps = times(4, (turn) => call('holds.sweep', system, {}, { afterMillis: turn * 15 }));
  const mixed = chance.some([...calls, ...fresh, ...sweeps], Number.POSITIVE_INFINITY);
  return { calls: mixed, outcomes: await crowd.race(mixed, now) };
}

/** What was ordered is paid, refused and cancelled, while others want what has lapsed. */
export async function finish(
  crowd: Crowd,
  fair: Fair,
  before: Rush,
  { seed, now }: { seed: number; now: string },
): Promise<Rush> {
  const chance = dice(seed);
  const pays = granted(before, 'orders.place').flatMap(({ actor, id: orderId }) => {
    const method = ['succeeds', 'declines', 'answers_late'][chance.below(3)];
    const pay = call('orders.pay', actor, { orderId, method }, { afterMillis: chance.below(60) });
    const cancel = call('orders.cancel', actor, { orderId }, { afterMillis: chance.below(60) });
    return chance.below(3) === 0 ? [pay, cancel] : [pay];
  });
  const fresh = times(100, (index) =>
    call(
      'holds.create',
      shopper(2000 + index),
      { eventId: fair.eventId, ...cartOf(fair, chance) },
      { afterMillis: chance.below(60) },
    ),
  );
  const sweeps = times(3, (turn) => [
    call('holds.sweep', system, {}, { afterMillis: turn * 20 }),
    call('orders.expire', system, {}, { afterMillis: turn * 20 }),
  ]).flat();
  const mixed = chance.some([...pays, ...fresh, ...sweeps], Number.POSITIVE_INFINITY);
  return { calls: mixed, outcomes: await crowd.race(mixed, now) };
}

/** Who got what they asked of the operation, and its id. */
export function granted(
  { calls, outcomes }: Rush,
  operation = 'holds.create',
): { actor: Actor; id: string }[] {
  return calls.flatMap((made, index) => {
    const outcome = outcomes[index];
    if (made.operation !== operation || outcome?.status !== 'done') return [];
    return [{ actor: made.actor, id: String(field(outcome.output, 'id')) }];
  });
}
