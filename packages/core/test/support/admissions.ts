import type { CodedAdmission } from '../../src/documents/admission.ts';
import type { EventRecord, SessionRecord } from '../../src/events/index.ts';
import { defaultPolicy } from '../../src/pricing/index.ts';
import type { ValidTicket } from '../../src/tickets/index.ts';
import { NOW } from './random-prices.ts';

/** As Base45 has it: 137 characters, a space first. */
export const CODE = ` 0$%*+-./:${'A1 Z9:'.repeat(21)}0`;

export function sessionOf(change: Partial<SessionRecord> = {}): SessionRecord {
  return {
    id: 'ses_01k0000000e008000000000000',
    organizerId: 'org_01k0000000e008000000000000',
    eventId: 'evt_01k0000000e008000000000000',
    name: null,
    startsAt: '2097-07-10T16:00:00.000Z',
    endsAt: '2097-07-10T23:00:00.000Z',
    doorsAt: '2097-07-10T15:00:00.000Z',
    state: 'scheduled',
    seriesId: null,
    occurrence: null,
    revision: 1,
    ...change,
  };
}

const event: EventRecord = {
  id: 'evt_01k0000000e008000000000000',
  organizerId: 'org_01k0000000e008000000000000',
  slug: 'night',
  name: 'Αθήνα by Night, Клуб',
  description: '',
  category: null,
  tags: [],
  venue: 'Łódź, Park 1; back door',
  timezone: 'Europe/Berlin',
  currency: 'EUR',
  visibility: 'public',
  maxPerOrder: null,
  maxPerBuyer: null,
  pricePolicy: defaultPolicy,
  waited: [],
  catalogueVersion: 'cat_01k0000000e008000000000000',
  createdAt: NOW,
  revision: 1,
  state: 'published',
  publishedAt: NOW,
  cancelledAt: null,
  cancelReason: null,
};

const ticket: ValidTicket = {
  id: 'tkt_01k0000000e008000000000000',
  admissionId: 'tkt_01k0000000e008000000000000',
  organizerId: event.organizerId,
  eventId: event.id,
  ticketTypeId: 'typ_01k0000000e008000000000000',
  name: 'Stalls',
  sessionIds: null,
  orderId: 'ord_01k0000000e008000000000000',
  holdId: 'hld_01k0000000e008000000000000',
  claimHoldId: 'hld_01k0000000e008000000000000',
  line: 0,
  seat: { label: 'A-3-14', section: 'Stalls', row: '3', number: '14', targets: [] },
  draws: [],
  holderName: 'Ada Byron',
  holderEmail: 'ada@example.com',
  holderUserId: null,
  transferId: null,
  nameChanges: 0,
  attendee: null,
  price: 123_450,
  fee: 0,
  currency: 'EUR',
  issue: 1,
  keyId: 'key_01k0000000e008000000000000',
  checkedInAt: null,
  checkedInGate: null,
  createdAt: NOW,
  revision: 1,
  state: 'valid',
  voidReason: null,
  voidedAt: null,
};

/** A ticket with what belongs to it. */
export function admissionOf({
  sessions = [sessionOf()],
  code = CODE,
  ...change
}: {
  ticket?: Partial<Omit<ValidTicket, 'state' | 'voidReason' | 'voidedAt'>>;
  event?: Partial<EventRecord>;
  sessions?: readonly SessionRecord[];
  code?: string;
} = {}): CodedAdmission {
  return {
    ticket: { ...ticket, ...change.ticket },
    event: Object.assign({ ...event }, change.event),
    sessions,
    organizerName: 'Łódź Kultur e.V.',
    code,
  };
}
