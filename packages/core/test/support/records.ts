import type { EventRecord, SessionRecord } from '../../src/events/index.ts';
import { defaultPolicy } from '../../src/pricing/index.ts';
import type { ValidTicket } from '../../src/tickets/ticket.ts';

/** The instant at which the records were made. */
export const NOW = '2027-06-01T12:00:00.000Z';

/** A draft, to be spread into the state that a test needs. */
export const draftEvent = {
  id: 'evt_1',
  organizerId: 'org_1',
  slug: 'fest',
  name: 'Fest',
  description: '',
  category: null,
  tags: [],
  venue: null,
  timezone: 'Europe/Berlin',
  currency: 'EUR',
  visibility: 'public',
  maxPerOrder: null,
  maxPerBuyer: null,
  pricePolicy: defaultPolicy,
  catalogueVersion: 'cat_1',
  waited: [],
  createdAt: NOW,
  revision: 1,
  state: 'draft',
  publishedAt: null,
  cancelledAt: null,
  cancelReason: null,
} satisfies EventRecord;

export const publishedEvent = {
  ...draftEvent,
  state: 'published',
  publishedAt: NOW,
} satisfies EventRecord;

export const session: SessionRecord = {
  id: 'ses_1',
  organizerId: 'org_1',
  eventId: 'evt_1',
  name: null,
  startsAt: '2027-07-10T16:00:00.000Z',
  endsAt: '2027-07-10T21:00:00.000Z',
  doorsAt: null,
  state: 'scheduled',
  seriesId: null,
  occurrence: null,
  revision: 1,
};

export const ticket: ValidTicket = {
  id: 'tkt_1',
  admissionId: 'tkt_1',
  organizerId: 'org_1',
  eventId: 'evt_1',
  ticketTypeId: 'typ_1',
  name: 'Standard',
  sessionIds: null,
  orderId: 'ord_1',
  holdId: 'hld_1',
  transferId: null,
  claimHoldId: 'hld_1',
  line: 0,
  seat: null,
  draws: [{ poolId: 'pol_1', units: 1 }],
  holderName: 'Ada',
  holderEmail: 'ada@example.com',
  holderUserId: 'ada',
  attendee: null,
  nameChanges: 0,
  price: 4900,
  fee: 295,
  currency: 'EUR',
  issue: 1,
  keyId: 'key_1',
  checkedInAt: null,
  checkedInGate: null,
  createdAt: NOW,
  revision: 1,
  state: 'valid',
  voidReason: null,
  voidedAt: null,
};
