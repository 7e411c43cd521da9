import * as z from 'zod';
import { idOf, systemOnly, write } from '../../kernel/index.ts';

export const sweepHolds = write({
  name: 'holds.sweep',
  summary:
    'Takes back places of holds and orders that expired, of one event at a time. Nobody has to call it: a claim that finds no room does the same.',
  input: z.strictObject({
    limit: z
      .int()
      .min(1)
      .max(10_000)
      .default(1000)
      .meta({ description: 'Claims that are looked at in one call.' }),
  }),
  output: z
    .object({
      eventId: idOf('evt').nullable().meta({ description: 'Whose; null: nothing had lapsed.' }),
      units: z.int().meta({ description: 'Units that were taken back.' }),
      more: z.boolean().meta({ description: 'Whether to call it again: more has lapsed.' }),
    })
    .meta({ id: 'SweptHolds' }),
  allow: systemOnly,
  run: async ({ tx, now, emit }, { limit }) => {
    const lapsed = await tx.inventory.lapsedTargets(now, limit);
    const eventId = lapsed[0]?.eventId;
    if (eventId === undefined) return { eventId: null, units: 0, more: false };
    // One event only: nobody who sells another one waits for this.
    const targets = lapsed.filter((own) => own.eventId === eventId).map((own) => own.targetId);
    await tx.inventory.lockCounters(eventId, targets);
    const freed = await tx.inventory.takeBackLapsed(eventId, targets, now, limit);
    const units = freed.reduce((sum, own) => sum + own.units, 0);
    if (units > 0) {
      const event = await tx.events.events.find(eventId);
      emit({
        type: 'inventory.lapsed',
        organizerId: event?.organizerId ?? null,
        eventId,
        subject: eventId,
        data: { eventId, freed },
      });
    }
    // Nothing taken back: somebody else is at it, and there is no use in asking at once.
    const rest = units > 0 ? await tx.inventory.lapsedTargets(now, 1) : [];
    return { eventId, units, more: rest.length > 0 };
  },
});
