import * as z from 'zod';
import { EventId, SessionId, TicketTypeId } from '../events/index.ts';
import { Instant, idOf } from '../kernel/index.ts';
import { CheckinListId, listTerms } from './checkin-list.ts';

/** The form of bundles and logs: a device that does not know it asks for another one. */
export const BUNDLE_VERSION = 1 as const;

const rules = {
  ticketTypeIds: listTerms.ticketTypeIds,
  sessionIds: listTerms.sessionIds,
  opens: listTerms.opens,
  closes: listTerms.closes,
  opensAt: Instant.nullable(),
  closesAt: Instant.nullable(),
  entries: listTerms.entries,
  exits: listTerms.exits,
  reentry: listTerms.reentry,
  gates: listTerms.gates,
};

const presence = {
  entries: z.int(),
  inside: z.boolean(),
  firstAt: Instant.nullable(),
  firstGate: z.string().nullable(),
  lastAt: Instant.nullable(),
  lastGate: z.string().nullable(),
  lastDay: z.string().nullable(),
  leftAt: Instant.nullable(),
};

/** Everything that a device needs to decide scans alone. It names nobody. */
export const CheckinBundle = z
  .object({
    version: z.literal(BUNDLE_VERSION),
    eventId: EventId,
    eventName: z.string(),
    timezone: z.string(),
    cancelledAt: Instant.nullable(),
    listId: CheckinListId.nullable().meta({
      description: 'Null: the event has no list, and lets everybody in once.',
    }),
    listName: z.string().nullable(),
    rules: z.object(rules),
    sessions: z.array(
      z.object({
        id: SessionId,
        startsAt: Instant,
        endsAt: Instant,
        doorsAt: Instant.nullable(),
        state: z.enum(['scheduled', 'cancelled']),
      }),
    ),
    keys: z
      .array(
        z.object({
          kty: z.literal('OKP'),
          crv: z.literal('Ed25519'),
          x: z.string(),
          kid: z.string(),
        }),
      )
      .meta({ description: 'The organizer’s public keys, as JWK.' }),
    revokedKeys: z
      .array(z.object({ kid: z.string() }))
      .meta({ description: 'Keys whose codes are refused.' }),
    rotating: z.object({ required: z.boolean(), doorKey: z.string() }).meta({
      description:
        'Whether codes rotate, and what checks that: whoever has the key can make the changing part of every code.',
    }),
    kinds: z
      .array(
        z.object({
          ticketTypeId: TicketTypeId,
          name: z.string(),
          sessionIds: z.array(SessionId).nullable(),
        }),
      )
      .meta({ description: 'Ticket types with the sessions that their tickets are for.' }),
    tickets: z
      .array(z.object({ id: idOf('tkt'), admissionId: idOf('tkt'), kind: z.int() }))
      .meta({ description: 'Valid tickets with their places; `kind` is an index of `kinds`.' }),
    revocations: z.array(
      z.object({
        ticketId: idOf('tkt'),
        issue: z.int(),
        reason: z.string(),
        sequence: z.int().nullable(),
      }),
    ),
    presences: z
      .array(z.object({ admissionId: idOf('tkt'), ...presence }))
      .meta({ description: 'Places that have been in.' }),
    merged: z
      .array(z.object({ deviceId: z.string(), scanIds: z.array(z.string()) }))
      // Devices keep bundles that were made before there was such a field.
      .default([])
      .meta({
        description:
          'What the record has of devices by the list, or from before there was one, by their own ids: a door that starts again with its log counts the others only.',
      }),
    issuedAt: Instant,
    expiresAt: Instant.meta({
      description: 'From when on the device should not decide by it any more.',
    }),
  })
  .meta({
    id: 'CheckinBundle',
    description:
      'What a device needs to decide scans without a connection. Two devices that do both let one code in: the merge finds it.',
  });
export type CheckinBundle = z.output<typeof CheckinBundle>;
/** A bundle as a device kept it: one from before names nothing that was merged. */
export type KeptBundle = Omit<CheckinBundle, 'merged'> & Partial<Pick<CheckinBundle, 'merged'>>;
