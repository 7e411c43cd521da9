import type { Actor, WaitlistEntryRecord } from '@ticketi/core';
import { OWNER, TILL } from '../office.ts';
import { type Action, buyerOf, some, textIn, visitor, type World } from '../world.ts';

const SYSTEM: Actor = { type: 'system' };

const isActive = ({ state }: WaitlistEntryRecord) => state === 'waiting' || state === 'offered';

/** Whose entry it is; a guest who never heard of it asks the organizer. */
function waiterOf({ tokens }: World, { id, userId }: WaitlistEntryRecord): Actor {
  if (userId !== null) return { type: 'user', id: userId };
  const token = tokens.get(id);
  return token === undefined ? OWNER : { type: 'guest', token };
}

const openOffer = (world: World) => some(world, 'offer', ({ state }) => state === 'open');

export const waitlist: readonly Action[] = [
  {
    weight: 7,
    plan(world) {
      const { chance, office, tokens } = world;
      const actor = visitor(world);
      const types = office.types.filter(({ seating }) => seating === null);
      const first = chance.pick(types);
      const second = chance.percent(30) ? chance.pick(types) : undefined;
      if (first === undefined) return undefined;
      const quantity = chance.between(1, 3);
      return {
        operation: 'waitlist.join',
        actor,
        input: {
          eventId: office.eventId,
          ticketTypeIds: [first.id, ...(second === undefined ? [] : [second.id])],
          quantity,
          minQuantity: chance.percent(50) ? quantity : 1,
          buyer: buyerOf(actor, chance),
        },
        learn(output) {
          const token = textIn(output, 'accessToken');
          if (token !== undefined) tokens.set(textIn(output, 'id') ?? '', token);
        },
      };
    },
  },
  {
    weight: 6,
    plan({ chance, office: { eventId } }) {
      const pass = { operation: 'waitlist.offer', actor: TILL, input: { eventId } } as const;
      return chance.percent(25) ? [pass, pass] : pass;
    },
  },
  {
    weight: 5,
    plan(world) {
      const offer = openOffer(world);
      if (offer === undefined) return undefined;
      return {
        operation: 'waitlist.getOffer',
        actor: SYSTEM,
        input: { offerId: offer.id },
        learn(output) {
          const code = textIn(output, 'code');
          if (code !== undefined) world.offerCodes.set(offer.id, code);
        },
      };
    },
  },
  {
    weight: 5,
    plan(world) {
      const { chance, journal, tokens, offerCodes } = world;
      const [offerId, code] = chance.pick([...offerCodes]) ?? [];
      const offer = offerId === undefined ? undefined : journal.books.offer.get(offerId);
      const entry = offer && journal.books.entry.get(offer.entryId);
      if (entry === undefined) return undefined;
      const actor: Actor =
        entry.userId === null ? { type: 'anonymous' } : { type: 'user', id: entry.userId };
      return {
        operation: 'waitlist.claim',
        actor,
        input: { code },
        learn(output) {
          const token = textIn(output, 'accessToken');
          if (token !== undefined) tokens.set(textIn(output, 'id') ?? '', token);
        },
      };
    },
  },
  {
    weight: 1,
    plan(world) {
      const offer = openOffer(world);
      const entry = offer && world.journal.books.entry.get(offer.entryId);
      if (entry === undefined) return undefined;
      return {
        operation: 'waitlist.decline',
        actor: waiterOf(world, entry),
        input: { entryId: entry.id },
      };
    },
  },
  {
    weight: 1,
    plan(world) {
      const entry = some(world, 'entry', isActive);
      if (entry === undefined) return undefined;
      const actor = world.chance.percent(80) ? waiterOf(world, entry) : TILL;
      return { operation: 'waitlist.leave', actor, input: { entryId: entry.id } };
    },
  },
  {
    weight: 1,
    plan(world) {
      const entry = some(world, 'entry', isActive);
      if (entry === undefined) return undefined;
      const priority = world.chance.between(0, 2);
      return {
        operation: 'waitlist.setPriority',
        actor: OWNER,
        input: { entryId: entry.id, priority },
      };
    },
  },
];
