import type { Base } from './base.ts';
import { open } from './event.ts';

/** What was sold at an event, by those who sold it. */
export interface Sales {
  readonly eventId: string;
  readonly poolId: string;
  readonly units: number;
}

/** A benchmark that oversells, or loses what it answered, has failed. */
export async function proveSales(base: Base, sales: readonly Sales[]): Promise<void> {
  for (const { eventId, poolId, units } of sales) {
    const of = `event_id = '${eventId}' AND target_id = '${poolId}'`;
    const counter = Number(await base.one(`SELECT claimed FROM {t}counters WHERE ${of}`));
    const claims = Number(
      await base.one(
        `SELECT coalesce(sum(units), 0) FROM {t}claims WHERE ${of} AND released_at IS NULL`,
      ),
    );
    if (counter !== units || claims !== units) {
      throw new Error(
        `${units} were sold of ${poolId}; its counter says ${counter}, its claims ${claims}.`,
      );
    }
  }
}

/** Ticketi's own proof of all records, of those that the yardsticks wrote too. */
export async function proveRecords(base: Base): Promise<void> {
  const ticketi = await open(base);
  try {
    const { ok, checks } = await ticketi.diagnose();
    if (ok) return;
    const wrong = checks.filter((check) => !check.ok);
    throw new Error(`The doctor found: ${wrong.map(({ message }) => message).join(' ')}`);
  } finally {
    await ticketi.close();
  }
}
