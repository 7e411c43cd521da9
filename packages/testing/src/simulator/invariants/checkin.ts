import type { ScanRecord } from '@ticketi/core';
import type { World } from '../world.ts';
import type { LookRule, StepRule } from './invariant.ts';

/** The entries that count, by list and place. */
function entriesOf({ journal: { books }, office: { eventId } }: World): Map<string, ScanRecord[]> {
  const counted = [...books.scan.values()].filter(
    (scan) => scan.counts && scan.direction === 'entry',
  );
  return Map.groupBy(counted, ({ listId, admissionId }) => `${listId ?? eventId} ${admissionId}`);
}

export const comings: StepRule = {
  name: 'no place comes in more often than its list allows',
  find: (world) =>
    [...entriesOf(world)].flatMap(([key, scans]) => {
      const [listId = ''] = key.split(' ');
      const most = listId.startsWith('evt_') ? 1 : (world.checkinLists.get(listId) ?? Infinity);
      return scans.length > most ? [`${key} came in ${scans.length} times of ${most}`] : [];
    }),
};

export const present: LookRule = {
  name: 'where a place stands is what its scans say',
  find: (world) =>
    world.storage.read(async (tx) => {
      const { eventId } = world.office;
      const wrong: string[] = [];
      for (const [key, scans] of entriesOf(world)) {
        const [listId = '', admissionId = ''] = key.split(' ');
        const [presence] = await tx.checkin.presences.ofPlaces(eventId, listId, [admissionId]);
        if (presence?.entries !== scans.length) {
          wrong.push(`${key} has ${presence?.entries ?? 'no'} entries, and ${scans.length} scans`);
        }
      }
      return wrong;
    }),
};
