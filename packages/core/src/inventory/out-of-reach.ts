import type { ReadContext } from '../kernel/index.ts';
import type { Wish } from './claiming.ts';
import { Room, type Shortage } from './room.ts';

/**
 * For each wish what it is short of, where it could not be met even if all that
 * lapsed were taken back; else undefined. It reads and locks nothing, so that a
 * crowd in front of a sold-out event hears so at once, and does not stand in the
 * way of those who release, pay or buy something else. Who is not refused here
 * may still find nothing under the lock.
 */
export async function outOfReach(
  { tx, now }: Pick<ReadContext, 'tx' | 'now'>,
  eventId: string,
  wishes: readonly Wish[],
): Promise<(Shortage | undefined)[]> {
  // A counter that opens with its first claim has the room that the catalogue gives it.
  const opened = wishes.map(({ targets }) => targets.filter(({ opens }) => opens === undefined));
  const targetIds = [...new Set(opened.flat().map(({ targetId }) => targetId))].sort();
  if (targetIds.length === 0) return wishes.map(() => undefined);
  const counters = await tx.inventory.counters(eventId, targetIds);
  // Each wish by itself: what one takes, another may give back.
  const shortages = opened.map((targets) => new Room(counters).take(targets));
  if (shortages.every((shortage) => shortage === undefined)) return shortages;
  const lapsed = await tx.inventory.lapsedUnits(eventId, targetIds, now);
  if (lapsed.length === 0) return shortages;
  return opened.map((targets) => new Room(counters, lapsed).take(targets));
}
