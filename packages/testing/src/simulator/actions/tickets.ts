import type { TicketRecord } from '@ticketi/core';
import { type KnownCode, knownCode } from '../codes.ts';
import { DOOR, OWNER } from '../office.ts';
import { type Action, isAnswer, type Planned, some, type World } from '../world.ts';
import { holder } from './transfers.ts';

const isValid = ({ state }: TicketRecord) => state === 'valid';

function scan(world: World, { code }: KnownCode, gate: string): Planned {
  const { chance, office } = world;
  const { eventId } = office;
  const scanId = `${gate}-${chance.below(1_000_000)}`;
  return { operation: 'checkin.scan', actor: DOOR, input: { eventId, code, gate, scanId } };
}

export const tickets: readonly Action[] = [
  {
    weight: 14,
    plan(world) {
      const ticket = some(world, 'ticket', isValid);
      if (ticket === undefined) return undefined;
      return {
        operation: 'tickets.code',
        actor: holder(world, ticket),
        input: { ticketId: ticket.id },
        learn(output) {
          if (isAnswer<KnownCode>(output, 'keyId')) world.ticketCodes.push(knownCode(output));
        },
      };
    },
  },
  {
    weight: 3,
    plan(world) {
      const code = world.chance.pick(world.ticketCodes);
      return code && scan(world, code, 'north');
    },
  },
  {
    weight: 1,
    plan(world) {
      const code = world.chance.pick(world.ticketCodes);
      if (code === undefined) return undefined;
      return [scan(world, code, 'north'), scan(world, code, 'south')];
    },
  },
  {
    weight: 2,
    plan(world) {
      const ticket = some(world, 'ticket', isValid);
      const input = ticket && { ticketId: ticket.id };
      return input && { operation: 'tickets.void', actor: OWNER, input };
    },
  },
];
