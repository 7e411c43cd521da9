import { instantOf, sessionOfOtherEvent } from '../events/index.ts';
import { isRefusal, type ReadContext } from '../kernel/index.ts';
import { strangerAmong } from '../pricing/index.ts';
import { checkinListWindow } from './refusals.ts';

interface Window {
  readonly opensAt: string | null;
  readonly closesAt: string | null;
}

/** The absolute window of a list, its local times read in the event's time zone. */
export async function windowTimes({ opensAt, closesAt }: Window, timezone: string) {
  const opens = opensAt === null ? null : await instantOf(opensAt, timezone);
  if (isRefusal(opens)) return opens;
  const closes = closesAt === null ? null : await instantOf(closesAt, timezone);
  if (isRefusal(closes)) return closes;
  if (opens !== null && closes !== null && closes <= opens) {
    return checkinListWindow({ opensAt: opens, closesAt: closes });
  }
  return { opensAt: opens, closesAt: closes };
}

/** A ticket type or session that is not the event's; undefined: all are. */
export async function strangerOnList(
  { tx }: Pick<ReadContext, 'tx'>,
  eventId: string,
  {
    ticketTypeIds,
    sessionIds,
  }: {
    readonly ticketTypeIds: readonly string[] | null;
    readonly sessionIds: readonly string[] | null;
  },
) {
  const stranger = await strangerAmong({ tx }, eventId, ticketTypeIds);
  if (stranger !== undefined || sessionIds === null) return stranger;
  const own = new Set((await tx.events.sessions.ofEvents([eventId])).map(({ id }) => id));
  const sessionId = sessionIds.find((id) => !own.has(id));
  return sessionId === undefined ? undefined : sessionOfOtherEvent({ sessionId });
}
