import { BANK, METHODS } from '../bank.ts';
import { OWNER } from '../office.ts';
import {
  type Action,
  buyerOf,
  holderOf,
  type Planned,
  some,
  textIn,
  visitor,
  type World,
} from '../world.ts';
import { holder } from './transfers.ts';

const open = (world: World) => some(world, 'listing', ({ state }) => state === 'open');

function reservation(world: World, listingId: string): Planned {
  return {
    operation: 'resale.reserve',
    actor: visitor(world),
    input: { listingId },
    learn(output) {
      const token = textIn(output, 'accessToken');
      if (token !== undefined) world.tokens.set(textIn(output, 'id') ?? '', token);
    },
  };
}

export const resale: readonly Action[] = [
  {
    weight: 6,
    plan(world) {
      const ticket = some(world, 'ticket', ({ state }) => state === 'valid');
      if (ticket === undefined) return undefined;
      return {
        operation: 'resale.list',
        actor: holder(world, ticket),
        input: {
          ticketId: ticket.id,
          price: Math.floor((ticket.price * world.chance.between(50, 112)) / 100),
        },
      };
    },
  },
  {
    weight: 4,
    plan(world) {
      const listing = open(world);
      if (listing === undefined) return undefined;
      const rivals = world.chance.percent(25) ? 3 : 1;
      return Array.from({ length: rivals }, () => reservation(world, listing.id));
    },
  },
  {
    weight: 4,
    plan(world) {
      const { chance, cardCodes, tokens } = world;
      const listing = open(world);
      if (listing === undefined) return undefined;
      const actor = visitor(world);
      const card = chance.percent(20) ? chance.pick([...cardCodes.values()]) : undefined;
      const method = chance.percent(60) ? 'succeeds' : chance.pick(METHODS);
      return {
        operation: 'resale.buy',
        actor,
        input: {
          listingId: listing.id,
          buyer: buyerOf(actor, chance),
          payment: { provider: BANK, method, giftCards: card === undefined ? [] : [card] },
        },
        learn(output) {
          const token = textIn(output, 'accessToken');
          if (token !== undefined) tokens.set(textIn(output, 'holdId') ?? '', token);
        },
      };
    },
  },
  {
    weight: 2,
    plan(world) {
      const listing = open(world);
      if (listing === undefined) return undefined;
      const { sellerHoldId, sellerUserId } = listing;
      const seller = holderOf(world, { id: sellerHoldId, userId: sellerUserId });
      return {
        operation: 'resale.withdraw',
        actor: world.chance.percent(80) ? seller : OWNER,
        input: { listingId: listing.id },
      };
    },
  },
];
