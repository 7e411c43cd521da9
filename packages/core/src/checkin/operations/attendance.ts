import * as z from 'zod';
import { EventId, membersOfEvent } from '../../events/index.ts';
import { notFound, read } from '../../kernel/index.ts';
import { Attendance, attendanceOf } from '../attendance.ts';

/** One bucket for all times. */
const FOR_EVER = 1_000_000_000_000;

export const readAttendance = read({
  name: 'checkin.attendance',
  summary:
    'Who came: admitted, inside now, left and expected, by list, ticket type and gate, and as a curve.',
  input: z.strictObject({
    eventId: EventId,
    bucketMinutes: z.int().min(1).max(1440).nullable().default(null).meta({
      description: 'The length of a step of the curve; null: no curve.',
    }),
  }),
  output: Attendance,
  allow: membersOfEvent('look_up'),
  run: async ({ tx, now }, { eventId, bucketMinutes }) => {
    const event = await tx.events.events.find(eventId);
    if (event === undefined) return notFound({ kind: 'event', id: eventId });
    const seconds = bucketMinutes === null ? FOR_EVER : bucketMinutes * 60;
    const [lists, expected, present, passages] = await Promise.all([
      tx.checkin.lists.ofEvent(eventId),
      tx.checkin.expected(eventId),
      tx.checkin.presences.counts(eventId),
      tx.checkin.scans.passages(eventId, seconds),
    ]);
    return {
      eventId,
      at: now,
      lists: attendanceOf({
        eventId,
        lists,
        expected,
        present,
        passages,
        bucketSeconds: bucketMinutes === null ? null : seconds,
      }),
    };
  },
});
