import type * as z from 'zod';
import { isRefusal, type WriteContext } from '../kernel/index.ts';
import type { EventRecord } from './event.ts';
import { instantOf, TimeInput } from './local-time.ts';
import { poolOfOtherEvent, poolOfOtherSession, sessionOfOtherEvent } from './refusals.ts';
import type { Draw } from './ticket-type.ts';

/** When a ticket type is on sale; null leaves that end open. */
export const saleWindow = {
  saleFrom: TimeInput.nullable(),
  saleUntil: TimeInput.nullable(),
};

/** Reads a sale window in the event's time zone. */
export async function saleTimes(
  input: { saleFrom: string | null; saleUntil: string | null },
  timezone: string,
) {
  const saleFrom = input.saleFrom === null ? null : await instantOf(input.saleFrom, timezone);
  if (isRefusal(saleFrom)) return saleFrom;
  const saleUntil = input.saleUntil === null ? null : await instantOf(input.saleUntil, timezone);
  if (isRefusal(saleUntil)) return saleUntil;
  return { saleFrom, saleUntil };
}

/** Refuses pools and sessions that are not the event's own. */
export async function checkReferences(
  { tx }: Pick<WriteContext, 'tx'>,
  event: EventRecord,
  references: {
    draws: readonly z.output<typeof Draw>[];
    sessionIds: readonly string[] | null;
  },
) {
  const { draws, sessionIds } = references;
  const pools = new Map(
    (await tx.inventory.pools.ofEvent(event.id)).map((pool) => [pool.id, pool]),
  );
  for (const { poolId } of draws) {
    const pool = pools.get(poolId);
    if (pool === undefined) return poolOfOtherEvent({ poolId });
    const { sessionId } = pool;
    // One that admits to every session admits to this one too.
    if (sessionId !== null && sessionIds !== null && !sessionIds.includes(sessionId)) {
      return poolOfOtherSession({ poolId, sessionId });
    }
  }
  const sessions = new Set((await tx.events.sessions.ofEvents([event.id])).map(({ id }) => id));
  for (const sessionId of references.sessionIds ?? []) {
    if (!sessions.has(sessionId)) return sessionOfOtherEvent({ sessionId });
  }
  return undefined;
}
