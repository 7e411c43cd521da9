import type { TicketRecord } from '@ticketi/core';
import { DOOR, OWNER } from '../office.ts';
import { type Action, type Planned, some, textIn, type World } from '../world.ts';
import { holder } from './transfers.ts';

const isValid = ({ state }: TicketRecord) => state === 'valid';

function scan({ chance, office: { eventId } }: World, code: string, gate: string): Planned {
  const scanId = `${gate}-${chance.below(1_000_000)}`;
  return { operation: 'checkin.scan', actor: DOOR, input: { eventId, code, gate, scanId } };
}

export const tickets: readonly Action[] = [
  {
    weight: 6,
    plan(world) {
      const ticket = some(world, 'ticket', isValid);
      if (ticket === undefined) return undefined;
      return {
        operation: 'tickets.code',
        actor: holder(world, ticket),
        input: { ticketId: ticket.id },
        learn: (output) => void world.ticketCodes.push(textIn(output, 'code') ?? ''),
      };
    },
  },
  {
    weight: 3,
    plan(world) {
      const code = world.chance.pick(world.ticketCodes);
      return code === undefined ? undefined : scan(world, code, 'north');
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
