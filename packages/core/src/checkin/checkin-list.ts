import * as z from 'zod';
import { EventId, SessionId, TicketTypeId } from '../events/index.ts';
import { Instant, idOf } from '../kernel/index.ts';
import type { DoorRules } from './decide.ts';

export const CheckinListId = idOf('ckl');

/** Minutes before or after a moment of a session, at most four weeks. */
const SessionOffset = z
  .strictObject({
    of: z.enum(['doors', 'start', 'end']).meta({
      description: 'Where a session has no doors, `doors` is its start.',
    }),
    minutes: z.int().min(-40_320).max(40_320).default(0).meta({
      description: 'Minutes after it; before it when negative.',
    }),
  })
  .meta({ id: 'SessionOffset', description: 'A moment told from a session.' });

const EntriesRule = z
  .union([z.enum(['once', 'once_a_day', 'unlimited']), z.int().min(1).max(10_000)])
  .meta({
    id: 'EntriesRule',
    description:
      'How often a place lets in: `once`, `once_a_day` (a day of the event’s time zone), so many times, or `unlimited`.',
  });

/** What may be said of a list, without defaults. */
export const listTerms = {
  name: z.string().trim().min(1).max(100),
  ticketTypeIds: z.array(TicketTypeId).min(1).max(200).nullable().meta({
    description: 'Whose tickets are on it; null: all ticket types.',
  }),
  sessionIds: z.array(SessionId).min(1).max(1000).nullable().meta({
    description: 'Which sessions it lets in to; null: all of the event.',
  }),
  opens: SessionOffset.nullable().meta({
    description: 'When it begins to let in to a session; null: any time before.',
  }),
  closes: SessionOffset.nullable().meta({
    description: 'When it ends to let in to a session; null: any time after.',
  }),
  entries: EntriesRule,
  exits: z.boolean().meta({
    description: 'Whether people are scanned when they leave. Whoever did not is still inside.',
  }),
  reentry: z.boolean().meta({
    description:
      'Whether who was scanned out may come back without using another entry (the same day, where entries are counted by days or numbers).',
  }),
  gates: z.array(z.string().trim().min(1).max(100)).min(1).max(200).nullable().meta({
    description: 'At which gates it may be scanned; null: at any.',
  }),
};

export const CheckinList = z
  .object({
    id: CheckinListId,
    eventId: EventId,
    ...listTerms,
    opensAt: Instant.nullable().meta({
      description: 'Not before this instant, whatever the session.',
    }),
    closesAt: Instant.nullable().meta({ description: 'Not from this instant on.' }),
    archivedAt: Instant.nullable(),
    createdAt: Instant,
    revision: z.int(),
  })
  .meta({ id: 'CheckinList', description: 'Who is let in, when and how often.' });
export type CheckinList = z.output<typeof CheckinList>;

export type CheckinListRecord = DoorRules & {
  readonly id: string;
  readonly organizerId: string;
  readonly eventId: string;
  readonly name: string;
  readonly archivedAt: string | null;
  readonly createdAt: string;
  readonly revision: number;
};

export function listResource({ organizerId: _own, ...list }: CheckinListRecord): CheckinList {
  return { ...list, ...mutable(list) };
}

/** The rules of a list by themselves. */
export function rulesOf(rules: DoorRules) {
  const { opensAt, closesAt, entries, exits, reentry } = rules;
  return { ...mutable(rules), opensAt, closesAt, entries, exits, reentry };
}

function mutable({ ticketTypeIds, sessionIds, gates, opens, closes }: DoorRules) {
  return {
    ticketTypeIds: ticketTypeIds && [...ticketTypeIds],
    sessionIds: sessionIds && [...sessionIds],
    gates: gates && [...gates],
    opens: opens && { ...opens },
    closes: closes && { ...closes },
  };
}

/** What holds where an event has no list: everybody, once, at any time. */
export const EVERYBODY: DoorRules = {
  ticketTypeIds: null,
  sessionIds: null,
  opens: null,
  closes: null,
  opensAt: null,
  closesAt: null,
  entries: 'once',
  exits: false,
  reentry: false,
  gates: null,
};
