import type {
  ClaimRecord,
  CounterRecord,
  EventRecord,
  HoldRecord,
  OrganizerRecord,
  Quote,
  WriteTx,
} from '@ticketi/core';

/** Records as the core makes them; ids are fixed, so that a test can name them. */
export const now = '2027-07-10T18:00:00.000Z';
export const later = '2027-07-10T18:15:00.000Z';

export const organizerId = 'org_01k0000000e008000000000000';
export const eventId = 'evt_01k0000000e008000000000000';

/** The nth id of a kind, ascending. */
export function idOf(prefix: string, n: number): string {
  return `${prefix}_01k0000000e008${n.toString().padStart(12, '0')}`;
}

export const organizer: OrganizerRecord = {
  id: organizerId,
  name: 'Summer Fest e.V.',
  createdAt: now,
  revision: 1,
};

export const event: EventRecord = {
  id: eventId,
  organizerId,
  slug: 'summer-fest',
  name: 'Summer Fest',
  description: 'Two days on the meadow.',
  category: null,
  tags: ['music', 'open air'],
  venue: 'Meadow',
  timezone: 'Europe/Berlin',
  currency: 'EUR',
  visibility: 'public',
  state: 'draft',
  createdAt: now,
  publishedAt: null,
  cancelledAt: null,
  cancelReason: null,
  revision: 1,
};

export const quote: Quote = {
  currency: 'EUR',
  lines: [
    {
      ticketTypeId: idOf('typ', 1),
      name: 'Standard',
      quantity: 2,
      unitPrice: 4900,
      subtotal: 9800,
      discount: 0,
      fee: 0,
      total: 9800,
    },
  ],
  codes: [],
  subtotal: 9800,
  discount: 0,
  fee: 0,
  absorbedFee: 0,
  total: 9800,
  trace: [],
};

export function hold(n: number, fields: Partial<HoldRecord> = {}): HoldRecord {
  return {
    id: idOf('hld', n),
    organizerId,
    eventId,
    state: 'active',
    userId: null,
    items: [{ ticketTypeId: idOf('typ', 1), quantity: 2 }],
    listingId: null,
    quote,
    expiresAt: later,
    createdAt: now,
    revision: 1,
    ...fields,
  };
}

export function claim(n: number, fields: Partial<ClaimRecord> = {}): ClaimRecord {
  return {
    id: idOf('clm', n),
    organizerId,
    eventId,
    targetId: idOf('pol', 1),
    holdId: idOf('hld', n),
    units: 1,
    expiresAt: later,
    releasedAt: null,
    ...fields,
  };
}

export function counter(n: number, fields: Partial<CounterRecord> = {}): CounterRecord {
  return {
    targetId: idOf('pol', n),
    organizerId,
    eventId,
    capacity: 100,
    claimed: 0,
    ...fields,
  };
}

/** The organizer and the event that everything else refers to. */
export async function seed(tx: WriteTx): Promise<void> {
  await tx.organizers.organizers.insert([organizer]);
  await tx.events.events.insert([event]);
}
