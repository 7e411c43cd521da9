import type { Actor, TicketRecord, TransferRecord } from '@ticketi/core';
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

const SYSTEM: Actor = { type: 'system' };

const open = (world: World) => some(world, 'transfer', ({ state }) => state === 'open');

/** Who holds a ticket: a guest by the token of its order, or of the transfer by which it came. */
export function holder(world: World, { holdId, transferId, holderUserId }: TicketRecord): Actor {
  return holderOf(world, { id: transferId ?? holdId, userId: holderUserId });
}

function offer(world: World): Planned | undefined {
  const { chance, journal } = world;
  const ticket = some(world, 'ticket', ({ state }) => state === 'valid');
  if (ticket === undefined) return undefined;
  const others = [...journal.books.ticket.values()].filter(
    (other) => other.state === 'valid' && other.holdId === ticket.holdId && other.id !== ticket.id,
  );
  const taken = chance.percent(40) ? others.slice(0, 2) : [];
  const to = visitor(world);
  const actor = holder(world, ticket);
  return {
    operation: 'transfers.offer',
    actor: actor === OWNER ? SYSTEM : actor,
    input: {
      ticketIds: [ticket, ...taken].map(({ id }) => id),
      to: to.type === 'user' ? { userId: to.id } : { email: buyerOf(to, chance).email },
      days: chance.between(1, 3),
    },
  };
}

/** The host's mailer makes the link, and somebody reads the mail. */
function readMail({ tokens }: World, { id }: TransferRecord): Planned {
  return {
    operation: 'transfers.get',
    actor: SYSTEM,
    input: { transferId: id },
    learn(output) {
      const token = textIn(output, 'accessToken');
      if (token !== undefined) tokens.set(id, token);
    },
  };
}

/** To whom it is offered; undefined: nobody has read the mail yet. */
function addressee({ tokens }: World, { id, toUserId }: TransferRecord): Actor | undefined {
  if (toUserId !== null) return { type: 'user', id: toUserId };
  const token = tokens.get(id);
  return token === undefined ? undefined : { type: 'guest', token };
}

function answer(world: World, operation: 'transfers.accept' | 'transfers.decline') {
  const transfer = open(world);
  if (transfer === undefined) return undefined;
  const actor = addressee(world, transfer);
  if (actor === undefined) return readMail(world, transfer);
  const transferId = transfer.id;
  const holds = { holder: buyerOf(actor, world.chance) };
  const input = { transferId, ...(operation === 'transfers.accept' ? holds : {}) };
  return { operation, actor, input };
}

function cancel(world: World): Planned | undefined {
  const transfer = open(world);
  if (transfer === undefined) return undefined;
  const { fromAccessId, fromUserId } = transfer;
  return {
    operation: 'transfers.cancel',
    actor: holderOf(world, { id: fromAccessId, userId: fromUserId }),
    input: { transferId: transfer.id },
  };
}

export const transfers: readonly Action[] = [
  { weight: 6, plan: offer },
  {
    weight: 6,
    plan(world) {
      const accepted = answer(world, 'transfers.accept');
      // Two at once, or somebody who thinks better of it.
      if (accepted === undefined || world.chance.percent(60)) return accepted;
      const rival = world.chance.percent(50) ? accepted : cancel(world);
      return rival === undefined ? accepted : [accepted, rival];
    },
  },
  { weight: 1, plan: (world) => answer(world, 'transfers.decline') },
  { weight: 1, plan: cancel },
  {
    weight: 3,
    plan(world) {
      const ticket = some(world, 'ticket', ({ state }) => state === 'valid');
      if (ticket === undefined) return undefined;
      return {
        operation: 'tickets.reissue',
        actor: holder(world, ticket),
        input: { ticketId: ticket.id, reason: 'Lost' },
      };
    },
  },
  { weight: 1, plan: () => ({ operation: 'transfers.expire', actor: SYSTEM, input: {} }) },
];
