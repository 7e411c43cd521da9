import * as z from 'zod';
import { systemOnly, write } from '../../kernel/index.ts';

export const sweepHolds = write({
  name: 'holds.sweep',
  summary:
    'Takes back the places of holds and orders that expired. Nobody has to call it: a claim that finds no room does the same.',
  input: z.strictObject({ limit: z.int().min(1).max(10_000).default(1000) }),
  output: z
    .object({ units: z.int().meta({ description: 'Units that were taken back.' }) })
    .meta({ id: 'SweptHolds' }),
  allow: systemOnly,
  run: async ({ tx, now, emit }, { limit }) => {
    const lapsed = await tx.inventory.lapsedTargets(now, limit);
    const byEvent = Map.groupBy(lapsed, ({ eventId }) => eventId);
    let units = 0;
    for (const eventId of [...byEvent.keys()].sort()) {
      const targets = [...new Set(byEvent.get(eventId)?.map(({ targetId }) => targetId))].sort();
      await tx.inventory.lockCounters(eventId, targets);
      const freed = await tx.inventory.takeBackLapsed(eventId, targets, now);
      if (freed.length === 0) continue;
      units += freed.reduce((sum, own) => sum + own.units, 0);
      const event = await tx.events.events.find(eventId);
      emit({
        type: 'inventory.lapsed',
        organizerId: event?.organizerId ?? null,
        eventId,
        subject: eventId,
        data: { eventId, freed },
      });
    }
    return { units };
  },
});
