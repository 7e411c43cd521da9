import type { ScanRecord } from '@ticketi/core';
import { DOOR, OWNER } from '../office.ts';
import { type Action, some, textIn, type World } from '../world.ts';

const isIn = ({ admitted, undoneAt }: ScanRecord) => admitted && undoneAt === null;

/** A list of the event, or none. */
export function listOf({ chance, checkinLists }: World): string | null {
  return chance.pick([null, ...checkinLists.keys()]) ?? null;
}

/** What a device without a connection says that it saw: it may be true, and may come again. */
function logOf(world: World, codes: readonly string[]) {
  const { chance, clock } = world;
  const latest = Date.parse(clock.now());
  return codes.map((code, index) => ({
    scanId: `${chance.below(30)}-${index}`,
    code,
    direction: chance.below(4) === 0 ? 'exit' : 'entry',
    at: new Date(latest - chance.below(60) * 60_000).toISOString(),
    admitted: true,
  }));
}

export const checkin: readonly Action[] = [
  {
    weight: 1,
    plan({ chance, checkinLists, office: { eventId } }) {
      if (checkinLists.size >= 2) return undefined;
      const entries = 1 + chance.below(2);
      return {
        operation: 'checkinLists.create',
        actor: OWNER,
        input: { eventId, name: `List of ${entries}`, entries, exits: true },
        learn: (output) => void checkinLists.set(textIn(output, 'id') ?? '', entries),
      };
    },
  },
  {
    weight: 3,
    plan(world) {
      const code = world.chance.pick(world.ticketCodes)?.code;
      const listId = listOf(world);
      const direction = world.chance.below(3) === 0 ? 'exit' : 'entry';
      const { eventId } = world.office;
      return code === undefined
        ? undefined
        : { operation: 'checkin.scan', actor: DOOR, input: { eventId, listId, code, direction } };
    },
  },
  {
    weight: 1,
    plan(world) {
      const scan = some(world, 'scan', isIn);
      const input = scan && { scanId: scan.id, reason: 'By mistake' };
      return input && { operation: 'checkin.undo', actor: OWNER, input };
    },
  },
  {
    weight: 2,
    plan(world) {
      const { chance, ticketCodes, office } = world;
      const codes = [chance.pick(ticketCodes), chance.pick(ticketCodes)].flatMap(
        (one) => one?.code ?? [],
      );
      if (codes.length === 0) return undefined;
      const deviceId = chance.below(2) === 0 ? 'east' : 'west';
      const entries = logOf(world, codes);
      const input = { eventId: office.eventId, listId: listOf(world), deviceId, entries };
      return { operation: 'checkin.merge', actor: DOOR, input };
    },
  },
];
