import { OWNER } from '../office.ts';
import {
  type Action,
  holderOf,
  type Planned,
  some,
  textIn,
  visitor,
  type World,
} from '../world.ts';

const MOST_TOGETHER = 4;

/** A cart of one or two lines. */
export function cart({ chance, office }: World) {
  const lines = chance.percent(80) ? 1 : 2;
  const items = Array.from({ length: lines }, () => {
    const type = chance.pick(office.types);
    const quantity = chance.between(1, 3);
    const ticketTypeId = type?.id ?? '';
    const named = type?.seating !== null && chance.percent(50);
    if (!named) return { ticketTypeId, quantity };
    const first = chance.below(office.seats.length - quantity + 1);
    return { ticketTypeId, quantity, seats: office.seats.slice(first, first + quantity) };
  });
  const [one, other] = items;
  return one === undefined || one.ticketTypeId === other?.ticketTypeId ? items.slice(0, 1) : items;
}

function newHold(world: World): Planned {
  const { chance, office, tokens } = world;
  const code = chance.percent(25) ? chance.pick(office.codes) : undefined;
  return {
    operation: 'holds.create',
    actor: visitor(world),
    input: {
      eventId: office.eventId,
      items: cart(world),
      codes: code === undefined ? [] : [code],
    },
    learn(output) {
      const token = textIn(output, 'accessToken');
      if (token !== undefined) tokens.set(textIn(output, 'id') ?? '', token);
    },
  };
}

const live = (world: World) =>
  some(
    world,
    'hold',
    ({ state, expiresAt }) =>
      state === 'active' && (expiresAt > world.clock.now() || world.chance.percent(10)),
  );

export const inventory: readonly Action[] = [
  { weight: 16, plan: newHold },
  {
    weight: 4,
    plan: (world) =>
      Array.from({ length: world.chance.between(2, MOST_TOGETHER) }, () => newHold(world)),
  },
  {
    weight: 5,
    plan(world) {
      const hold = live(world);
      return (
        hold && {
          operation: 'holds.change',
          actor: holderOf(world, hold),
          input: { holdId: hold.id, items: cart(world) },
        }
      );
    },
  },
  {
    weight: 2,
    plan(world) {
      const hold = live(world);
      return (
        hold && {
          operation: 'holds.extend',
          actor: holderOf(world, hold),
          input: { holdId: hold.id },
        }
      );
    },
  },
  {
    weight: 3,
    plan(world) {
      const hold = live(world);
      return (
        hold && {
          operation: 'holds.release',
          actor: holderOf(world, hold),
          input: { holdId: hold.id },
        }
      );
    },
  },
  { weight: 2, plan: () => ({ operation: 'holds.sweep', actor: { type: 'system' }, input: {} }) },
  {
    weight: 2,
    plan({ chance, office: { eventId, poolIds, sessionId, seats } }) {
      const seat = chance.pick(seats) ?? '';
      const what = chance.percent(60)
        ? { poolId: chance.pick(poolIds), units: chance.between(1, 3) }
        : { sessionId, seats: [seat] };
      const input = { eventId, ...what, reason: 'guests' };
      return { operation: 'blocks.create', actor: OWNER, input };
    },
  },
  {
    weight: 2,
    plan(world) {
      const block = some(world, 'block', ({ state }) => state === 'active');
      const input = block && { blockId: block.id };
      return input && { operation: 'blocks.release', actor: OWNER, input };
    },
  },
  {
    weight: 2,
    plan({ chance, office }) {
      const poolId = chance.pick(office.poolIds);
      const input = { poolId, capacity: chance.between(3, 24) };
      return { operation: 'pools.update', actor: OWNER, input };
    },
  },
  {
    weight: 2,
    plan: (world) => ({
      operation: 'availability.get',
      actor: visitor(world),
      input: { eventId: world.office.eventId },
    }),
  },
];
