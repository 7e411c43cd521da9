import * as z from 'zod';
import { EventId, membersOfEvent } from '../../events/index.ts';
import { isRefusal, notFound, plusMinutes, type ReadContext, read } from '../../kernel/index.ts';
import { keySetOf } from '../../organizers/index.ts';
import { doorRulesOf, type TicketRecord } from '../../tickets/index.ts';
import { BUNDLE_VERSION, CheckinBundle } from '../bundle.ts';
import { CheckinListId, EVERYBODY, rulesOf } from '../checkin-list.ts';
import { listFor } from '../door.ts';
import { checkinListArchived, checkinListNotNamed } from '../refusals.ts';

const ROWS_AT_A_TIME = 5000;

export const bundleForDoor = read({
  name: 'checkin.bundle',
  summary:
    'Everything that a device needs to scan for a list without a connection: `createDoor` of @ticketi/core/checkin-offline decides by it. Its log is given to checkin.merge.',
  input: z.strictObject({
    eventId: EventId,
    listId: CheckinListId.nullable().default(null),
    hours: z.int().min(1).max(168).default(24).meta({ description: 'For how long it is good.' }),
  }),
  output: CheckinBundle,
  refusals: [checkinListNotNamed, checkinListArchived],
  allow: membersOfEvent('scan'),
  run: async (context, { eventId, listId, hours }) => {
    const { tx, now } = context;
    const event = await tx.events.events.find(eventId);
    if (event === undefined) return notFound({ kind: 'event', id: eventId });
    const choice = listFor(await tx.checkin.lists.ofEvent(eventId), listId);
    if (choice === 'not_found') return notFound({ kind: 'check-in list', id: listId ?? '' });
    if (isRefusal(choice)) return choice;
    const { list } = choice;
    const [sessions, keys, rules] = await Promise.all([
      tx.events.sessions.ofEvents([eventId]),
      tx.organizers.signingKeys.ofOrganizer(event.organizerId),
      doorRulesOf(context, eventId),
    ]);
    const set = keySetOf(keys);
    const kinds = new Map<string, { index: number; kind: CheckinBundle['kinds'][number] }>();
    const tickets: CheckinBundle['tickets'] = [];
    for await (const ticket of validTickets(tx, eventId)) {
      const { ticketTypeId, name } = ticket;
      const sessionIds = ticket.sessionIds && [...ticket.sessionIds];
      const key = JSON.stringify([ticketTypeId, name, sessionIds]);
      const known = kinds.get(key) ?? {
        index: kinds.size,
        kind: { ticketTypeId, name, sessionIds },
      };
      kinds.set(key, known);
      tickets.push({ id: ticket.id, admissionId: ticket.admissionId, kind: known.index });
    }
    return {
      version: BUNDLE_VERSION,
      eventId,
      eventName: event.name,
      timezone: event.timezone,
      cancelledAt: event.cancelledAt,
      listId: list?.id ?? null,
      listName: list?.name ?? null,
      rules: rulesOf(list ?? EVERYBODY),
      sessions: sessions.map(({ id, startsAt, endsAt, doorsAt, state }) => ({
        id,
        startsAt,
        endsAt,
        doorsAt,
        state,
      })),
      keys: set.keys.map(({ kty, crv, x, kid }) => ({ kty, crv, x, kid })),
      revokedKeys: set.revoked.map(({ kid }) => ({ kid })),
      rotating: { required: rules.rotating, doorKey: rules.doorKey },
      kinds: [...kinds.values()].map(({ kind }) => kind),
      tickets,
      revocations: await revocationsOf(tx, eventId),
      presences: await presencesOf(tx, eventId, list?.id ?? eventId),
      merged: await mergedOf(tx, eventId, list?.id ?? null),
      issuedAt: now,
      expiresAt: plusMinutes(now, hours * 60),
    };
  },
});

type Tx = ReadContext['tx'];

async function* validTickets(tx: Tx, eventId: string): AsyncGenerator<TicketRecord, void> {
  let after: readonly string[] | undefined;
  for (;;) {
    const page = await tx.tickets.tickets.list(
      { eventId, state: 'valid' },
      { limit: ROWS_AT_A_TIME, after },
    );
    yield* page.items;
    const last = page.items.at(-1);
    if (page.items.length < ROWS_AT_A_TIME || last === undefined) return;
    after = [last.id];
  }
}

async function revocationsOf(tx: Tx, eventId: string): Promise<CheckinBundle['revocations']> {
  const revocations: CheckinBundle['revocations'] = [];
  let after: readonly string[] | undefined;
  for (;;) {
    const { items } = await tx.tickets.revocations.list(
      { eventId },
      { limit: ROWS_AT_A_TIME, after },
    );
    for (const { id, issue, reason, sequence } of items) {
      revocations.push({ ticketId: id, issue, reason, sequence });
    }
    const last = items.at(-1);
    if (items.length < ROWS_AT_A_TIME || last === undefined) return revocations;
    after = [last.id];
  }
}

async function presencesOf(
  tx: Tx,
  eventId: string,
  listId: string,
): Promise<CheckinBundle['presences']> {
  const presences: CheckinBundle['presences'] = [];
  let after = '';
  for (;;) {
    const rows = await tx.checkin.presences.ofList(eventId, listId, {
      after,
      limit: ROWS_AT_A_TIME,
    });
    for (const row of rows) {
      const {
        organizerId: _o,
        eventId: _e,
        listId: _l,
        ticketTypeId: _t,
        revision: _r,
        ...rest
      } = row;
      if (row.entries > 0) presences.push(rest);
    }
    const last = rows.at(-1);
    if (rows.length < ROWS_AT_A_TIME || last === undefined) return presences;
    after = last.admissionId;
  }
}

/** What the record has of devices; a device's name has no slash. */
async function mergedOf(
  tx: Tx,
  eventId: string,
  listId: string | null,
): Promise<CheckinBundle['merged']> {
  const byDevice = new Map<string, string[]>();
  let after = '';
  for (;;) {
    const ids = await tx.checkin.scans.idsOfDevices(eventId, listId, {
      after,
      limit: ROWS_AT_A_TIME,
    });
    for (const id of ids) {
      const slash = id.indexOf('/');
      const deviceId = id.slice(0, slash);
      const own = byDevice.get(deviceId) ?? [];
      own.push(id.slice(slash + 1));
      byDevice.set(deviceId, own);
    }
    const last = ids.at(-1);
    if (ids.length < ROWS_AT_A_TIME || last === undefined) break;
    after = last;
  }
  return [...byDevice]
    .map(([deviceId, scanIds]) => ({ deviceId, scanIds }))
    .sort((a, b) => (a.deviceId < b.deviceId ? -1 : 1));
}
