import type { CodeRecord } from '@ticketi/core';
import {
  aBlock,
  aHold,
  aMember,
  anEvent,
  anOrganizer,
  aPool,
  aSession,
  aSigningKey,
  aTicketType,
  MOST,
  newId,
  now,
} from './records.ts';
import { aListing, anOrder, aTicket } from './sales-records.ts';
import { odd, type Trips, through } from './trip.ts';

/** A record of every table of what is offered for sale, with the values that are easily lost. */
export const offered: Trips = {
  organizer: (tx) => through(tx.organizers.organizers, anOrganizer({ name: odd })),
  member: (tx, { organizerId }) =>
    through(tx.organizers.members, aMember(organizerId, { userId: odd, role: 'box_office' })),
  event: (tx, { organizerId }) =>
    through(tx.events.events, {
      ...anEvent(organizerId, 'odd'),
      name: odd,
      description: odd.repeat(200),
      tags: ['', odd, 'null'],
      venue: null,
    }),
  'cancelled event': (tx, { organizerId }) =>
    through(tx.events.events, {
      ...anEvent(organizerId, 'off'),
      state: 'cancelled',
      publishedAt: null,
      cancelledAt: '1970-01-01T00:00:00.000Z',
      cancelReason: odd,
    }),
  session: (tx, owner) =>
    through(
      tx.events.sessions,
      aSession(owner, {
        name: odd,
        doorsAt: '2027-08-01T17:59:59.999Z',
        endsAt: '9999-12-31T23:59:59.999Z',
      }),
    ),
  series: (tx, owner) =>
    through(tx.events.series, {
      ...owner,
      id: newId('ser'),
      rule: 'FREQ=DAILY;COUNT=2',
      startsAt: '2027-10-31T02:30:00',
      endsAt: null,
      durationMinutes: 90,
      exceptDates: ['2027-12-24', odd],
      alsoOn: [],
      createdAt: now,
    }),
  'ticket type': (tx, owner) =>
    through(tx.events.ticketTypes, { ...aTicketType(owner), price: MOST, sessionIds: ['ses_1'] }),
  pool: (tx, owner) => through(tx.inventory.pools, { ...aPool(owner), name: odd }),
  block: async (tx, owner) => {
    const pool = aPool(owner);
    await tx.inventory.pools.insert([pool]);
    return through(tx.inventory.blocks, aBlock(pool, { reason: odd, units: MOST }));
  },
  code: (tx, owner) => {
    const code: CodeRecord = {
      ...owner,
      id: newId('cod'),
      code: 'Ünï',
      codeKey: 'ÜNÏ',
      discount: null,
      unlocks: [odd],
      maxTickets: MOST,
      maxPerBuyer: 1,
      minTickets: 0,
      minValue: MOST,
      stacking: 'undiscounted',
      reserve: { ticketTypeId: odd, quantity: 1 },
      batch: odd,
      validFrom: now,
      validUntil: null,
      ticketTypeIds: [],
      state: 'disabled',
      createdAt: now,
      revision: 7,
    };
    return through(tx.pricing.codes, code);
  },
  fee: (tx, owner) =>
    through(tx.pricing.fees, {
      ...owner,
      id: newId('fee'),
      name: odd,
      percent: '0.000001',
      fixed: MOST,
      min: 1,
      max: MOST,
      per: 'order',
      mode: 'absorbed',
      basis: 'charge',
      taxClass: odd,
      ticketTypeIds: [odd],
      revision: 1,
    }),
  discount: (tx, owner) =>
    through(tx.pricing.discounts, {
      ...owner,
      id: newId('dsc'),
      name: odd,
      rule: { type: 'group', min: 2, off: { type: 'set_price', price: MOST } },
      ticketTypeIds: null,
      validFrom: now,
      validUntil: null,
      position: 3,
      revision: 1,
    }),
  tax: (tx, { organizerId }) =>
    through(tx.pricing.taxes, {
      id: newId('tax'),
      organizerId,
      name: odd,
      taxClass: 'reduced',
      place: 'US-NY-NYC',
      percent: '0.000001',
      compound: true,
      position: 2,
      validFrom: null,
      validUntil: now,
      revision: 1,
    }),
  question: (tx, { organizerId, eventId }) =>
    through(tx.questions.questions, {
      id: newId('qst'),
      organizerId,
      eventId,
      key: 'shirt_size',
      label: odd,
      type: 'choices',
      asked: 'ticket',
      required: true,
      collect: 'later',
      options: [odd, ''],
      min: 0,
      max: 2,
      ticketTypeIds: [],
      position: 10_000,
      revision: 1,
    }),
  'signing key': (tx, { organizerId }) =>
    through(tx.organizers.signingKeys, aSigningKey(organizerId)),
  'code policy': (tx, { organizerId, eventId }) =>
    through(tx.tickets.codePolicies, {
      id: eventId,
      organizerId,
      rotating: true,
      doorKeyNumber: 7,
      revision: 1,
    }),
  'resale policy': (tx, { organizerId, eventId }) => {
    const { terms, ticketTypeId } = aListing(aTicket(anOrder(aHold({ organizerId, eventId }))));
    return through(tx.resale.policies, {
      id: eventId,
      organizerId,
      preset: odd,
      terms,
      ticketTypes: [{ ticketTypeId, cap: null, maxOpen: 2 }],
      revision: 1,
    });
  },
  transferPolicy: (tx, { eventId, organizerId }) => {
    const terms = {
      allowed: false,
      opensAt: now,
      closesAt: null,
      answersRequired: true,
      nameChangeUntil: now,
      nameChanges: 0,
      reissuesADay: 100,
      ticketTypes: [{ ticketTypeId: newId('typ'), closesAt: null }],
    };
    return through(tx.transfers.policies, { id: eventId, organizerId, terms, revision: 1 });
  },
};
