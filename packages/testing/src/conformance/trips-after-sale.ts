import type {
  AuditRecord,
  CheckinListRecord,
  CustodyRecord,
  DeliveryRecord,
  EndpointRecord,
  OutboxRecord,
  PresenceRecord,
  ScanRecord,
} from '@ticketi/core';
import { MOST, newId, now, soon } from './records.ts';
import { aListing, aTicket, aTransfer, insertOrder } from './sales-records.ts';
import { odd, type Trips, through } from './trip.ts';

/** A record of every table of what comes after a sale, with the values that are easily lost. */
export const afterSale: Trips = {
  ticket: async (tx, owner) => {
    const order = await insertOrder(tx, owner);
    return through(tx.tickets.tickets, {
      ...aTicket(order),
      holderName: odd,
      attendee: { name: odd, email: null, answers: [{ key: 'vegan', label: '', value: false }] },
      price: MOST,
      fee: MOST,
      issue: 65_535,
      transferId: newId('trf'),
      nameChanges: MOST,
      checkedInAt: now,
      checkedInGate: odd,
    });
  },
  custody: async (tx, owner) => {
    const ticket = aTicket(await insertOrder(tx, owner));
    await tx.tickets.tickets.insert([ticket]);
    const link: CustodyRecord = {
      ...owner,
      id: newId('cus'),
      admissionId: ticket.admissionId,
      ticketId: ticket.id,
      kind: 'resold',
      holderName: odd,
      holderEmail: 'a@example.com',
      holderUserId: null,
      price: MOST,
      currency: 'JPY',
      reason: odd,
      at: now,
    };
    await tx.tickets.custody.insert([link]);
    return { wrote: link, found: (await tx.tickets.custody.ofAdmission(ticket.admissionId))[0] };
  },
  transfer: async (tx, owner) => {
    const ticket = aTicket(await insertOrder(tx, owner));
    return through(tx.transfers.transfers, {
      ...aTransfer(ticket),
      ...{ state: 'accepted', closedAt: now, acceptedTicketIds: [newId('tkt')] },
      fromName: odd,
      message: odd,
    });
  },
  offeredTicket: async (tx, owner) => {
    const ticket = aTicket(await insertOrder(tx, owner));
    const transfer = aTransfer(ticket);
    await tx.tickets.tickets.insert([ticket]);
    await tx.transfers.transfers.insert([transfer]);
    const wrote = { ...owner, id: ticket.id, transferId: transfer.id };
    await tx.transfers.offeredTickets.insert([wrote]);
    return { wrote, found: (await tx.transfers.offeredTickets.among([ticket.id]))[0] };
  },
  listing: async (tx, owner) => {
    const ticket = aTicket(await insertOrder(tx, owner));
    await tx.tickets.tickets.insert([ticket]);
    const sold = { state: 'sold', closedAt: now, buyerOrderId: newId('ord') } as const;
    return through(tx.resale.listings, {
      ...aListing(ticket),
      ...sold,
      section: odd,
      seatLabel: '',
      startsAt: soon,
      sellerName: odd,
      sellerUserId: odd,
      sellerKey: odd,
      groupId: newId('lsg'),
      groupSize: 3,
      soldWhole: true,
      price: MOST,
      paid: 0,
      settleDueAt: soon,
      refunded: 1,
      revision: 7,
    });
  },
  revocation: async (tx, owner) => {
    const ticket = aTicket(await insertOrder(tx, owner));
    await tx.tickets.tickets.insert([ticket]);
    return through(tx.tickets.revocations, {
      ...owner,
      id: ticket.id,
      reason: 'transferred',
      issue: 65_535,
      revokedAt: now,
      sequence: MOST,
    });
  },
  scan: (tx, owner) => {
    const scan: ScanRecord = {
      ...owner,
      id: newId('scn'),
      scanId: odd,
      deviceId: null,
      listId: null,
      codeDigest: 'digest',
      direction: 'entry',
      admitted: true,
      reason: null,
      why: null,
      ticketId: newId('tkt'),
      admissionId: null,
      ticketTypeId: null,
      holderName: odd,
      attendeeName: null,
      ticketName: '',
      seat: null,
      gate: odd,
      lastAdmittedAt: null,
      lastAdmittedGate: null,
      at: now,
      receivedAt: null,
      counts: true,
      finding: null,
      findingWhy: null,
      undoneAt: null,
      undoneBy: null,
      undoReason: null,
      revision: 1,
    };
    return through(tx.checkin.scans, scan);
  },
  'check-in list': (tx, owner) => {
    const list: CheckinListRecord = {
      ...owner,
      id: newId('ckl'),
      name: odd,
      ticketTypeIds: [newId('typ')],
      sessionIds: null,
      opens: { of: 'doors', minutes: -30 },
      closes: { of: 'end', minutes: 0 },
      opensAt: null,
      closesAt: now,
      entries: 7,
      exits: true,
      reentry: false,
      gates: [odd],
      archivedAt: null,
      createdAt: now,
      revision: 1,
    };
    return through(tx.checkin.lists, list);
  },
  presence: async (tx, owner) => {
    const presence: PresenceRecord = {
      ...owner,
      listId: owner.eventId,
      admissionId: newId('tkt'),
      ticketTypeId: newId('typ'),
      entries: 2,
      inside: false,
      firstAt: now,
      firstGate: odd,
      lastAt: now,
      lastGate: null,
      lastDay: '2027-07-10',
      leftAt: now,
      revision: 2,
    };
    await tx.checkin.presences.put([{ ...presence, entries: 1, revision: 1 }]);
    await tx.checkin.presences.put([presence]);
    const { listId, eventId, admissionId } = presence;
    const found = await tx.checkin.presences.ofPlaces(eventId, listId, [admissionId]);
    return { wrote: presence, found: found[0] };
  },
  'outbox row': async (tx, owner) => {
    const row: OutboxRecord = {
      ...owner,
      id: newId('obx'),
      type: 'order.paid',
      version: 1,
      subject: newId('ord'),
      actor: odd,
      at: now,
      data: { z: odd, a: { '2': null, '1': [true, 1.5, MOST, {}] } },
      sequence: null,
    };
    await tx.outbox.append([row]);
    return { wrote: row, found: await tx.outbox.find(row.id) };
  },
  'webhook endpoint and delivery': async (tx, owner) => {
    const { organizerId } = owner;
    const endpoint: EndpointRecord = {
      id: newId('whe'),
      organizerId,
      url: 'https://example.com/hooks',
      types: ['order.paid', odd],
      ordered: false,
      description: odd,
      state: 'disabled',
      disabledReason: 'gone',
      secret: odd,
      previousSecret: odd,
      previousUntil: soon,
      createdAt: now,
      revision: 1,
    };
    const delivery: DeliveryRecord = {
      ...owner,
      id: newId('whd'),
      endpointId: endpoint.id,
      outboxId: newId('obx'),
      sequence: MOST,
      type: odd,
      state: 'pending',
      attempts: 3,
      nextAttemptAt: soon,
      attemptedAt: now,
      status: 503,
      error: 'status',
      response: odd,
      milliseconds: 15_000,
      createdAt: now,
      revision: 1,
    };
    const made = await through(tx.webhooks.endpoints, endpoint);
    const sent = await through(tx.webhooks.deliveries, delivery);
    return { wrote: [made.wrote, sent.wrote], found: [made.found, sent.found] };
  },
  'audit row': async (tx) => {
    const row: AuditRecord = {
      id: newId('aud'),
      organizerId: null,
      eventId: null,
      operation: 'holds.sweep',
      actor: odd,
      subjects: [],
      at: now,
    };
    await tx.audit.append([row]);
    return { wrote: row, found: await tx.audit.find(row.id) };
  },
};
