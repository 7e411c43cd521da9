import * as z from 'zod';
import { type Ids, isRefusal } from '../kernel/index.ts';
import type { SessionRecord } from './event.ts';
import { instantOf, TimeInput } from './local-time.ts';
import { invalidSession } from './refusals.ts';

export const SessionInput = z.strictObject({
  name: z.string().trim().min(1).max(200).nullable().default(null),
  startsAt: TimeInput,
  endsAt: TimeInput,
  doorsAt: TimeInput.nullable().default(null),
});
export type SessionInput = z.output<typeof SessionInput>;

/** The times of a session, read in the event's time zone and checked for their order. */
export async function sessionTimes(
  input: Pick<SessionInput, 'startsAt' | 'endsAt' | 'doorsAt'>,
  timezone: string,
) {
  const startsAt = await instantOf(input.startsAt, timezone);
  if (isRefusal(startsAt)) return startsAt;
  const endsAt = await instantOf(input.endsAt, timezone);
  if (isRefusal(endsAt)) return endsAt;
  const doorsAt = input.doorsAt === null ? null : await instantOf(input.doorsAt, timezone);
  if (isRefusal(doorsAt)) return doorsAt;
  if (endsAt <= startsAt || (doorsAt !== null && doorsAt > startsAt)) {
    return invalidSession({ startsAt, endsAt, doorsAt });
  }
  return { startsAt, endsAt, doorsAt };
}

type Times = Pick<SessionRecord, 'startsAt' | 'endsAt' | 'doorsAt'>;

/** Whether a session is at another time than it was, or its doors are. */
export function isMoved(was: Times, next: Times): boolean {
  return (
    was.startsAt !== next.startsAt || was.endsAt !== next.endsAt || was.doorsAt !== next.doorsAt
  );
}

/** A new session of the event, or the refusal that its times earn. */
export async function newSession(
  ids: Ids,
  event: { id: string; organizerId: string; timezone: string },
  input: SessionInput,
) {
  const times = await sessionTimes(input, event.timezone);
  if (isRefusal(times)) return times;
  const session: SessionRecord = {
    id: ids.next('ses'),
    organizerId: event.organizerId,
    eventId: event.id,
    name: input.name,
    ...times,
    state: 'scheduled',
    seriesId: null,
    occurrence: null,
    revision: 1,
  };
  return session;
}
