import * as z from 'zod';
import { EventId, TicketTypeId } from '../events/index.ts';
import { Instant, instantFromMillis } from '../kernel/index.ts';
import { CheckinListId, type CheckinListRecord, EVERYBODY } from './checkin-list.ts';
import type { DoorRules } from './decide.ts';
import type { PassageCount, PresenceCount, TicketCount } from './store.ts';

const counts = {
  expected: z.int().meta({ description: 'Valid tickets that are on the list.' }),
  admitted: z.int().meta({ description: 'Places that came in at least once.' }),
  inside: z.int().meta({ description: 'Places that are inside now.' }),
};
const passed = {
  entries: z.int().meta({ description: 'Entries that count, further ones of a place included.' }),
  exits: z.int(),
};

const ListAttendance = z
  .object({
    listId: CheckinListId.nullable().meta({ description: 'Null: the event had no list.' }),
    name: z.string().nullable(),
    ...counts,
    left: z.int().meta({ description: 'Places that came in and are not inside now.' }),
    types: z.array(z.object({ ticketTypeId: TicketTypeId, name: z.string(), ...counts })),
    gates: z.array(z.object({ gate: z.string().nullable(), ...passed })),
    curve: z
      .array(
        z.object({
          from: Instant.meta({ description: 'Where the step begins.' }),
          ...passed,
          inside: z.int().meta({ description: 'Entries less exits, up to its end.' }),
        }),
      )
      .meta({
        description: 'Steps in which somebody passed, in order; empty where none is asked.',
      }),
  })
  .meta({ id: 'ListAttendance' });
type ListAttendance = z.output<typeof ListAttendance>;

export const Attendance = z
  .object({ eventId: EventId, at: Instant, lists: z.array(ListAttendance) })
  .meta({ id: 'Attendance', description: 'Who came, by check-in list.' });

interface Counted {
  readonly eventId: string;
  readonly lists: readonly CheckinListRecord[];
  readonly expected: readonly TicketCount[];
  readonly present: readonly PresenceCount[];
  readonly passages: readonly PassageCount[];
  /** Null: no curve is asked for. */
  readonly bucketSeconds: number | null;
}

/** Puts together what was counted. Without a list, or where scans were made without one, that counts as one. */
export function attendanceOf(counted: Counted): ListAttendance[] {
  const { eventId, lists, present } = counted;
  const unlisted = lists.length === 0 || present.some(({ listId }) => listId === eventId);
  return [
    ...(unlisted ? [onList(counted, { id: null, name: null, rules: EVERYBODY })] : []),
    ...lists.map((list) => onList(counted, { id: list.id, name: list.name, rules: list })),
  ];
}

function onList(
  { eventId, expected, present, passages, bucketSeconds }: Counted,
  list: { readonly id: string | null; readonly name: string | null; readonly rules: DoorRules },
): ListAttendance {
  const due = expected.filter((tickets) => isOn(list.rules, tickets));
  const came = present.filter(({ listId }) => listId === (list.id ?? eventId));
  const ids = [...new Set([...due, ...came].map(({ ticketTypeId }) => ticketTypeId))].sort();
  const types = ids.map((ticketTypeId) => {
    const own = came.find((one) => one.ticketTypeId === ticketTypeId);
    const alike = due.filter((one) => one.ticketTypeId === ticketTypeId);
    const name = (alike[0] ?? expected.find((one) => one.ticketTypeId === ticketTypeId))?.name;
    return {
      ticketTypeId,
      name: name ?? '',
      expected: sum(alike, ({ tickets }) => tickets),
      admitted: own?.admitted ?? 0,
      inside: own?.inside ?? 0,
    };
  });
  const admitted = sum(types, (type) => type.admitted);
  const inside = sum(types, (type) => type.inside);
  const own = passages.filter(({ listId }) => listId === list.id);
  return {
    listId: list.id,
    name: list.name,
    expected: sum(types, (type) => type.expected),
    admitted,
    inside,
    left: admitted - inside,
    types,
    gates: [...Map.groupBy(own, ({ gate }) => gate)].map(([gate, at]) => ({
      gate,
      ...passagesOf(at),
    })),
    curve: bucketSeconds === null ? [] : curveOf(own, bucketSeconds),
  };
}

function curveOf(passages: readonly PassageCount[], seconds: number) {
  let inside = 0;
  return [...Map.groupBy(passages, ({ bucket }) => bucket)]
    .sort(([a], [b]) => a - b)
    .map(([bucket, within]) => {
      const step = passagesOf(within);
      inside += step.entries - step.exits;
      return { from: instantFromMillis(bucket * seconds * 1000), ...step, inside };
    });
}

function passagesOf(passages: readonly PassageCount[]) {
  const of = (wanted: PassageCount['direction']) =>
    sum(
      passages.filter(({ direction }) => direction === wanted),
      ({ scans }) => scans,
    );
  return { entries: of('entry'), exits: of('exit') };
}

function isOn({ ticketTypeIds, sessionIds }: DoorRules, tickets: TicketCount): boolean {
  if (ticketTypeIds !== null && !ticketTypeIds.includes(tickets.ticketTypeId)) return false;
  if (sessionIds === null || tickets.sessionIds === null) return true;
  return tickets.sessionIds.some((id) => sessionIds.includes(id));
}

function sum<Row>(rows: readonly Row[], of: (row: Row) => number): number {
  return rows.reduce((total, row) => total + of(row), 0);
}
