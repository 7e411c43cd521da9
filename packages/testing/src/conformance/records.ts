import {
  type BlockRecord,
  type ClaimRecord,
  type CounterRecord,
  createIds,
  defaultPolicy,
  type EventRecord,
  type HoldRecord,
  type IdPrefix,
  type MemberRecord,
  type OrganizerRecord,
  type PoolRecord,
  plainQuote,
  plainTerms,
  type Quote,
  type SessionRecord,
  type SigningKeyRecord,
  systemClock,
  type TicketTypeRecord,
  type WriteTx,
} from '@ticketi/core';

const ids = createIds(systemClock);
export const newId = (prefix: IdPrefix): string => ids.next(prefix);

export const now = '2027-07-10T18:00:00.000Z';
export const soon = '2027-07-10T18:15:00.000Z';
export const later = '2027-07-10T18:30:00.000Z';

/** The largest amount that an operation takes, in minor units. */
export const MOST = 999_999_999_999;

export function anOrganizer(change: Partial<OrganizerRecord> = {}): OrganizerRecord {
  return { id: newId('org'), name: 'Summer Fest e.V.', createdAt: now, revision: 1, ...change };
}

export function aMember(organizerId: string, change: Partial<MemberRecord> = {}): MemberRecord {
  return {
    id: newId('mbr'),
    organizerId,
    userId: 'anna',
    role: 'owner',
    createdAt: now,
    revision: 1,
    ...change,
  };
}

export function aSigningKey(organizerId: string): SigningKeyRecord {
  return {
    id: newId('key'),
    organizerId,
    publicKey: 'public',
    privateKey: 'sealed',
    createdAt: now,
    retiredAt: null,
    revokedAt: null,
    revision: 1,
  };
}

export function anEvent(organizerId: string, slug = 'summer-fest'): EventRecord {
  return {
    id: newId('evt'),
    organizerId,
    slug,
    name: 'Summer Fest',
    description: 'Two days on the meadow.',
    category: null,
    tags: ['music', 'open air'],
    venue: 'Meadow',
    timezone: 'Europe/Berlin',
    currency: 'EUR',
    visibility: 'public',
    maxPerOrder: null,
    maxPerBuyer: 6,
    pricePolicy: defaultPolicy,
    catalogueVersion: 'cat_1',
    waited: [],
    state: 'published',
    createdAt: now,
    publishedAt: now,
    cancelledAt: null,
    cancelReason: null,
    revision: 1,
  };
}

/** Whose a record is. */
export interface Owner {
  readonly organizerId: string;
  readonly eventId: string;
}

export function aSession(owner: Owner, change: Partial<SessionRecord> = {}): SessionRecord {
  return {
    ...owner,
    id: newId('ses'),
    name: null,
    startsAt: '2027-08-01T18:00:00.000Z',
    endsAt: '2027-08-01T23:59:59.999Z',
    doorsAt: null,
    state: 'scheduled',
    seriesId: null,
    occurrence: null,
    revision: 1,
    ...change,
  };
}

export function aPool(owner: Owner): PoolRecord {
  return { ...owner, id: newId('pol'), sessionId: null, name: 'Floor', revision: 1 };
}

export function aBlock(
  { id: poolId, organizerId, eventId }: PoolRecord,
  change: Partial<Pick<BlockRecord, 'reason' | 'units'>> = {},
): BlockRecord {
  return {
    id: newId('blk'),
    organizerId,
    eventId,
    poolId,
    sessionId: null,
    seats: null,
    units: 2,
    released: 0,
    reason: 'Guests',
    codeId: null,
    createdAt: now,
    revision: 1,
    state: 'active',
    releasedAt: null,
    ...change,
  };
}

export function aCounter(owner: Owner, capacity: number | null, targetId = newId('pol')) {
  const counter: CounterRecord = { ...owner, targetId, capacity, claimed: 0 };
  return counter;
}

export function aTicketType(owner: Owner): TicketTypeRecord {
  return {
    ...owner,
    id: newId('typ'),
    name: 'Standard',
    description: '',
    price: 4900,
    seating: null,
    draws: [{ poolId: newId('pol'), units: 2 }],
    sessionIds: null,
    saleFrom: null,
    saleUntil: soon,
    maxPerOrder: 10,
    maxPerBuyer: 4,
    maxInAll: null,
    terms: plainTerms,
    state: 'on_sale',
    revision: 1,
  };
}

export function aQuote(total = 4900): Quote {
  const ticketTypeId = newId('typ');
  return {
    currency: 'EUR',
    lines: [
      {
        ticketTypeId,
        name: 'Standard',
        quantity: 1,
        admits: 1,
        unitPrice: total,
        subtotal: total,
        discount: 0,
        fee: 0,
        tax: 0,
        total,
      },
    ],
    ...plainQuote,
    subtotal: total,
    total,
    trace: [{ rule: 'total', source: null, line: null, input: total, output: total, terms: {} }],
  };
}

export function aHold(owner: Owner, change: Partial<HoldRecord> = {}): HoldRecord {
  return {
    ...owner,
    id: newId('hld'),
    state: 'active',
    userId: null,
    items: [{ ticketTypeId: newId('typ'), quantity: 1 }],
    listingId: null,
    quote: aQuote(),
    buyerKey: null,
    asked: null,
    limits: [{ ticketTypeId: null, max: 6, quantity: 2 }],
    expiresAt: soon,
    extendedAt: null,
    createdAt: now,
    revision: 1,
    ...change,
  };
}

export function aClaim(
  hold: HoldRecord,
  targetId: string,
  units: number,
  expiresAt: string | null = hold.expiresAt,
): ClaimRecord {
  const { organizerId, eventId, id: claimantId } = hold;
  return {
    id: newId('clm'),
    organizerId,
    eventId,
    targetId,
    claimantId,
    units,
    claimedAt: now,
    expiresAt,
    paidAt: null,
    releasedAt: null,
  };
}

/** An event that other records may belong to. */
export async function insertOwner(tx: WriteTx): Promise<Owner> {
  const organizer = anOrganizer();
  const event = anEvent(organizer.id);
  await tx.organizers.organizers.insert([organizer]);
  await tx.events.events.insert([event]);
  return { organizerId: organizer.id, eventId: event.id };
}
