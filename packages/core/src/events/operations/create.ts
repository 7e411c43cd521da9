import * as z from 'zod';
import { Currency, isRefusal, notFound, write } from '../../kernel/index.ts';
import { members, namedOrganizer, OrganizerId } from '../../organizers/index.ts';
import { defaultPolicy } from '../../pricing/index.ts';
import { Event, EventLimit, type EventRecord, type SessionRecord, Visibility } from '../event.ts';
import { ambiguousTime, invalidTime, Timezone } from '../local-time.ts';
import { invalidSession, slugTaken } from '../refusals.ts';
import { eventResource } from '../resource.ts';
import { newSession, SessionInput } from '../session-input.ts';
import { Slug, slugOf } from '../slug.ts';

export const createEvent = write({
  name: 'events.create',
  summary: 'Makes a draft event, with its sessions if they are known.',
  input: z.strictObject({
    organizerId: OrganizerId,
    name: z.string().trim().min(1).max(200),
    slug: Slug.optional().meta({ description: 'Made from the name when left out.' }),
    description: z.string().max(20_000).default(''),
    category: z.string().trim().min(1).max(100).nullable().default(null),
    tags: z.array(z.string().trim().min(1).max(50)).max(50).default([]),
    venue: z.string().trim().min(1).max(300).nullable().default(null),
    timezone: Timezone,
    currency: Currency,
    visibility: Visibility.default('public'),
    maxPerOrder: EventLimit.default(null).meta({ description: 'Tickets in one order.' }),
    maxPerBuyer: EventLimit.default(null).meta({
      description: 'Tickets that one buyer may have in all.',
    }),
    sessions: z.array(SessionInput).max(500).default([]),
  }),
  output: Event,
  refusals: [slugTaken, invalidSession, invalidTime, ambiguousTime],
  allow: members('manage_events', namedOrganizer),
  run: async ({ tx, ids, now, emit }, { sessions: dates, slug: wish, ...facts }) => {
    // The organizer's row is the lock under which its slugs are given out.
    const [organizer] = await tx.organizers.organizers.findForUpdate([facts.organizerId]);
    if (organizer === undefined) return notFound({ kind: 'organizer', id: facts.organizerId });
    const slug = wish ?? slugOf(facts.name);
    if ((await tx.events.events.findBySlug(organizer.id, slug)) !== undefined) {
      return slugTaken({ slug });
    }
    const event: EventRecord = {
      ...facts,
      id: ids.next('evt'),
      slug,
      pricePolicy: defaultPolicy,
      catalogueVersion: ids.next('cat'),
      waited: [],
      state: 'draft',
      createdAt: now,
      publishedAt: null,
      cancelledAt: null,
      cancelReason: null,
      revision: 1,
    };
    const sessions: SessionRecord[] = [];
    for (const date of dates) {
      const session = await newSession(ids, event, date);
      if (isRefusal(session)) return session;
      sessions.push(session);
    }
    sessions.sort((a, b) => (a.startsAt < b.startsAt ? -1 : a.startsAt > b.startsAt ? 1 : 0));

    await tx.events.events.insert([event]);
    await tx.events.sessions.insert(sessions);
    const created = eventResource(event, sessions);
    emit({
      type: 'event.created',
      organizerId: event.organizerId,
      eventId: event.id,
      subject: event.id,
      data: created,
    });
    return created;
  },
});
