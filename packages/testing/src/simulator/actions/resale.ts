import type { ListingRecord } from '@ticketi/core';
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

const SYSTEM = { type: 'system' } as const;

const open = (world: World) => some(world, 'listing', ({ state }) => state === 'open');

/** Whether somebody wants all of a group: where they have to, as a rule, and now and then else. */
function isWhole({ chance }: World, { groupId, soldWhole }: ListingRecord): boolean {
  return groupId !== null && chance.percent(soldWhole ? 90 : 40);
}

function sellerOf(world: World, { sellerHoldId: id, sellerUserId: userId }: ListingRecord) {
  return holderOf(world, { id, userId });
}

function reservation(world: World, listing: ListingRecord): Planned {
  return {
    operation: 'resale.reserve',
    actor: visitor(world),
    input: { listingId: listing.id, whole: isWhole(world, listing) },
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
      return Array.from({ length: rivals }, () => reservation(world, listing));
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
          whole: isWhole(world, listing),
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
  {
    weight: 3,
    plan(world) {
      const { chance, journal } = world;
      const first = some(world, 'ticket', ({ state }) => state === 'valid');
      if (first === undefined) return undefined;
      const { holdId: id, holderUserId: userId } = first;
      const its = [...journal.books.ticket.values()].filter(
        (own) =>
          own.state === 'valid' &&
          own.id !== first.id &&
          (userId === null ? own.holdId === id : own.holderUserId === userId),
      );
      const tickets = [first, ...its].slice(0, 3);
      if (tickets.length < 2) return undefined;
      const paid = tickets.reduce((sum, { price }) => sum + price, 0);
      return {
        operation: 'resale.listGroup',
        actor: holderOf(world, { id, userId }),
        input: {
          ticketIds: tickets.map((own) => own.id),
          price: Math.floor((paid * chance.between(50, 112)) / 100),
          sold: chance.percent(60) ? 'whole' : 'singly',
        },
      };
    },
  },
  {
    weight: 2,
    plan(world) {
      const listing = open(world);
      if (listing === undefined) return undefined;
      const { id: listingId, price, soldWhole, groupSize } = listing;
      const about = price * (soldWhole ? groupSize : 1);
      const actor = sellerOf(world, listing);
      const asked = Math.floor((about * world.chance.between(80, 120)) / 100);
      return { operation: 'resale.setPrice', actor, input: { listingId, price: asked } };
    },
  },
  {
    // A seller who asks more, and a buyer who is just reserving.
    weight: 1,
    plan(world) {
      const listing = open(world);
      if (listing === undefined) return undefined;
      const input = { listingId: listing.id, price: listing.price + 1 };
      const actor = sellerOf(world, listing);
      return [{ operation: 'resale.setPrice', actor, input }, reservation(world, listing)];
    },
  },
  {
    weight: 1,
    plan(world) {
      const ticket = some(world, 'ticket', ({ state }) => state === 'valid');
      if (ticket === undefined) return undefined;
      const { id: ticketId, holdId: id, holderUserId: userId } = ticket;
      const actor = holderOf(world, { id, userId });
      return { operation: 'resale.return', actor, input: { ticketId } };
    },
  },
  { weight: 2, plan: () => ({ operation: 'resale.settle', actor: SYSTEM, input: {} }) },
  { weight: 1, plan: () => ({ operation: 'resale.expire', actor: SYSTEM, input: {} }) },
];
