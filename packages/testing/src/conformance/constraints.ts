import type {
  CodeRecord,
  PostingRecord,
  PresenceRecord,
  RevocationRecord,
  ScanRecord,
  TicketRecord,
  WriteTx,
} from '@ticketi/core';
import { plainCode, plainFee } from '@ticketi/core';
import { aCreditNote, anInvoice } from './invoice-records.ts';
import {
  aBlock,
  aClaim,
  aCounter,
  aHold,
  aMember,
  anEvent,
  aPool,
  aSigningKey,
  insertOwner,
  newId,
  now,
  type Owner,
} from './records.ts';
import {
  aGiftCard,
  aGiftCardUse,
  aListing,
  anOrder,
  aTicket,
  aTransfer,
  insertOrder,
} from './sales-records.ts';
import { type Part, tried } from './suite.ts';
import { anEntry, anOffer, aWish } from './waitlist-records.ts';

function aScan(owner: Owner, scanId: string | null): ScanRecord {
  return {
    ...owner,
    id: newId('scn'),
    scanId,
    deviceId: null,
    listId: null,
    codeDigest: 'digest',
    direction: 'entry',
    admitted: false,
    reason: 'unknown_code',
    why: null,
    ticketId: null,
    admissionId: null,
    ticketTypeId: null,
    holderName: null,
    attendeeName: null,
    ticketName: null,
    seat: null,
    gate: null,
    lastAdmittedAt: null,
    lastAdmittedGate: null,
    at: now,
    receivedAt: null,
    counts: false,
    finding: null,
    findingWhy: null,
    undoneAt: null,
    undoneBy: null,
    undoReason: null,
    revision: 1,
  };
}

function aCode(owner: Owner): CodeRecord {
  return {
    ...owner,
    ...plainCode,
    id: newId('cod'),
    code: 'Early',
    codeKey: 'EARLY',
    discount: { type: 'fixed', amount: 1 },
    validFrom: null,
    validUntil: null,
    ticketTypeIds: null,
    state: 'active',
    createdAt: now,
    revision: 1,
  };
}

function aFee(owner: Owner) {
  const terms = { name: 'Fee', percent: '5', fixed: 0, per: 'order', mode: 'absorbed' } as const;
  return { ...owner, ...plainFee, ...terms, id: newId('fee'), revision: 1 };
}

function aPosting(owner: Owner, sourceId: string, kind: PostingRecord['kind']): PostingRecord {
  return { ...owner, id: newId('pst'), kind, sourceId, currency: 'EUR', at: now };
}

function aRevocation(ticket: TicketRecord, sequence: number | null): RevocationRecord {
  const { id, organizerId, eventId } = ticket;
  return { id, organizerId, eventId, reason: 'resold', issue: 1, revokedAt: now, sequence };
}

function aPresence(
  owner: Owner,
  { entries, firstAt }: Pick<PresenceRecord, 'entries' | 'firstAt'>,
): PresenceRecord {
  return {
    ...owner,
    listId: owner.eventId,
    admissionId: newId('tkt'),
    ticketTypeId: newId('typ'),
    entries,
    inside: false,
    firstAt,
    firstGate: null,
    lastAt: firstAt,
    lastGate: null,
    lastDay: null,
    leftAt: null,
    revision: 1,
  };
}

async function insertTicket(tx: WriteTx, owner: Owner) {
  const order = await insertOrder(tx, owner);
  const ticket = aTicket(order);
  await tx.tickets.tickets.insert([ticket]);
  return { order, ticket };
}

/** What a database must refuse, whoever asks. Each breaks a rule as its last statement. */
const broken: Readonly<Record<string, (tx: WriteTx, owner: Owner) => Promise<unknown>>> = {
  'a user who is a member twice': (tx, { organizerId }) =>
    tx.organizers.members.insert([aMember(organizerId), aMember(organizerId)]),
  'two current signing keys of an organizer': (tx, { organizerId }) =>
    tx.organizers.signingKeys.insert([aSigningKey(organizerId), aSigningKey(organizerId)]),
  'two events of an organizer with one slug': (tx, { organizerId }) =>
    tx.events.events.insert([anEvent(organizerId, 'same'), anEvent(organizerId, 'same')]),
  'an event of no organizer': (tx) => tx.events.events.insert([anEvent(newId('org'))]),
  'two codes of an event that read alike': (tx, owner) =>
    tx.pricing.codes.insert([aCode(owner), aCode(owner)]),
  'two fees of an event with one name': (tx, owner) =>
    tx.pricing.fees.insert([aFee(owner), aFee(owner)]),
  'a counter above its capacity': (tx, owner) =>
    tx.inventory.openCounters([{ ...aCounter(owner, 5), claimed: 6 }]),
  'a counter below zero': async (tx, owner) => {
    const counter = aCounter(owner, 5);
    await tx.inventory.openCounters([counter]);
    await tx.inventory.addUnits(owner.eventId, [{ targetId: counter.targetId, units: -1 }]);
  },
  'a paid claim that may lapse': (tx, owner) =>
    tx.inventory.claims.insert([{ ...aClaim(aHold(owner), newId('pol'), 1), paidAt: now }]),
  'a claim of no units': async (tx, owner) => {
    const hold = aHold(owner);
    await tx.inventory.holds.insert([hold]);
    await tx.inventory.claims.insert([aClaim(hold, newId('pol'), 0)]);
  },
  'a block that is released, but not all of it': async (tx, owner) => {
    const pool = aPool(owner);
    await tx.inventory.pools.insert([pool]);
    await tx.inventory.blocks.insert([
      { ...aBlock(pool), state: 'released', releasedAt: now, released: 1 },
    ]);
  },
  'two orders of a hold': async (tx, owner) => {
    const hold = aHold(owner);
    await tx.inventory.holds.insert([hold]);
    await tx.orders.orders.insert([anOrder(hold), anOrder(hold)]);
  },
  'two valid tickets of a place': async (tx, owner) => {
    const { order, ticket } = await insertTicket(tx, owner);
    await tx.tickets.tickets.insert([aTicket(order, ticket.admissionId)]);
  },
  'two open listings of a ticket': async (tx, owner) => {
    const { ticket } = await insertTicket(tx, owner);
    await tx.resale.listings.insert([aListing(ticket), aListing(ticket)]);
  },
  'two open offers of a ticket': async (tx, owner) => {
    const { ticket } = await insertTicket(tx, owner);
    const offers = [aTransfer(ticket), aTransfer(ticket)];
    await tx.transfers.transfers.insert(offers);
    for (const { id: transferId } of offers) {
      await tx.transfers.offeredTickets.insert([{ ...owner, id: ticket.id, transferId }]);
    }
  },
  'an offer to an address and to a user at once': async (tx, owner) => {
    const { ticket } = await insertTicket(tx, owner);
    await tx.transfers.transfers.insert([{ ...aTransfer(ticket), toUserId: 'ben' }]);
  },
  'a ticket that is revoked twice': async (tx, owner) => {
    const { ticket } = await insertTicket(tx, owner);
    const revocation = aRevocation(ticket, null);
    await tx.tickets.revocations.insert([revocation]);
    await tx.tickets.revocations.insert([{ ...revocation, reason: 'cancelled' }]);
  },
  'two revocations of one number at an event': async (tx, owner) => {
    const order = await insertOrder(tx, owner);
    const tickets = [aTicket(order), aTicket(order)];
    await tx.tickets.tickets.insert(tickets);
    await tx.tickets.revocations.insert(tickets.map((ticket) => aRevocation(ticket, 1)));
  },
  'a listing in a group of one': async (tx, owner) => {
    const { ticket } = await insertTicket(tx, owner);
    await tx.resale.listings.insert([{ ...aListing(ticket), groupId: newId('lsg') }]);
  },
  'an open listing whose seller is to be refunded': async (tx, owner) => {
    const { ticket } = await insertTicket(tx, owner);
    await tx.resale.listings.insert([{ ...aListing(ticket), settleDueAt: now }]);
  },
  'a buyer who waits twice at an event': (tx, owner) =>
    tx.waitlist.entries.insert(['1', '2'].map(() => anEntry(owner, { buyerKey: 'same' }))),
  'an entry that takes no fewer tickets than more than it asks for': (tx, owner) =>
    tx.waitlist.entries.insert([anEntry(owner, { minQuantity: 3 })]),
  'an entry that waits for a type twice': async (tx, owner) => {
    const entry = anEntry(owner);
    const wish = aWish(entry);
    await tx.waitlist.entries.insert([entry]);
    await tx.waitlist.wishes.insert([wish, wish]);
  },
  'two open offers of an entry': async (tx, owner) => {
    const entry = anEntry(owner);
    await tx.waitlist.entries.insert([entry]);
    await tx.waitlist.offers.insert([await anOffer(tx, entry), await anOffer(tx, entry)]);
  },
  'an offer to an entry of another event': async (tx, owner) => {
    const entry = anEntry(owner);
    await tx.waitlist.entries.insert([entry]);
    const elsewhere = await insertOwner(tx);
    await tx.waitlist.offers.insert([await anOffer(tx, { ...entry, ...elsewhere })]);
  },
  'a place that was entered, but never first': (tx, owner) =>
    tx.checkin.presences.put([aPresence(owner, { entries: 1, firstAt: null })]),
  'a gift card that has spent more than it was loaded with': (tx, owner) =>
    tx.giftCards.cards.insert([aGiftCard(owner, { spent: 5001 })]),
  'a gift card that is given back more than it has spent': async (tx, owner) => {
    const card = aGiftCard(owner, { spent: 1 });
    await tx.giftCards.cards.insert([card]);
    await tx.giftCards.take([{ giftCardId: card.id, amount: -2 }]);
  },
  'two gift cards of one code': (tx, owner) =>
    tx.giftCards.cards.insert(['1', '2'].map(() => aGiftCard(owner, { codeHash: 'same' }))),
  'a use of a gift card that is paid and may lapse': async (tx, owner) => {
    const order = await insertOrder(tx, owner);
    const card = aGiftCard(owner);
    await tx.giftCards.cards.insert([card]);
    await tx.giftCards.uses.insert([aGiftCardUse(order, card, { paidAt: now })]);
  },
  'a use of a gift card of which more came back than it was': async (tx, owner) => {
    const order = await insertOrder(tx, owner);
    const card = aGiftCard(owner);
    await tx.giftCards.cards.insert([card]);
    const paid = { expiresAt: null, paidAt: now };
    await tx.giftCards.uses.insert([aGiftCardUse(order, card, { ...paid, refunded: 1001 })]);
  },
  'an order of which gift cards pay more than it costs': async (tx, owner) => {
    const hold = aHold(owner);
    await tx.inventory.holds.insert([hold]);
    await tx.orders.orders.insert([{ ...anOrder(hold), credited: hold.quote.total + 1 }]);
  },
  'two invoices of one number in a series': async (tx, owner) => {
    const [one, other] = [await insertOrder(tx, owner), await insertOrder(tx, owner)];
    await tx.invoices.invoices.insert([anInvoice(one), anInvoice(other, { number: 'other' })]);
  },
  'two invoices written with one number': async (tx, owner) => {
    const [one, other] = [await insertOrder(tx, owner), await insertOrder(tx, owner)];
    await tx.invoices.invoices.insert([anInvoice(one), anInvoice(other, { sequence: 2 })]);
  },
  'two invoices of one order': async (tx, owner) => {
    const order = await insertOrder(tx, owner);
    const second = anInvoice(order, { sequence: 2, number: '2027-2' });
    await tx.invoices.invoices.insert([anInvoice(order), second]);
  },
  'two credit notes of one refund': async (tx, owner) => {
    const invoice = anInvoice(await insertOrder(tx, owner));
    await tx.invoices.invoices.insert([invoice]);
    const refundId = 'orf_1';
    await tx.invoices.invoices.insert([
      aCreditNote(invoice, { refundId }),
      aCreditNote(invoice, { refundId, sequence: 2, number: 'CN2027-2' }),
    ]);
  },
  'a credit note of no invoice': async (tx, owner) => {
    const invoice = anInvoice(await insertOrder(tx, owner));
    await tx.invoices.invoices.insert([aCreditNote(invoice, { invoiceId: null })]);
  },
  'two scans of an event under one scan id': (tx, owner) =>
    tx.checkin.scans.insert([aScan(owner, 'same'), aScan(owner, 'same')]),
  'a sale that is booked twice': (tx, owner) => {
    const orderId = newId('ord');
    const twice = [aPosting(owner, orderId, 'sale'), aPosting(owner, orderId, 'sale')];
    return tx.ledger.append(twice, []);
  },
};

/** What only looks like it. */
const sound: Readonly<Record<string, (tx: WriteTx, owner: Owner) => Promise<unknown>>> = {
  'one slug at two organizers': async (tx) => {
    await insertOwner(tx);
    await insertOwner(tx);
  },
  'a void ticket beside the valid one of its place': async (tx, owner) => {
    const { order, ticket } = await insertTicket(tx, owner);
    await tx.tickets.tickets.save(
      { ...ticket, state: 'void', voidReason: 'resold', voidedAt: now },
      ticket,
    );
    await tx.tickets.tickets.insert([aTicket(order, ticket.admissionId)]);
  },
  'another offer of a ticket that was taken out of its last one': async (tx, owner) => {
    const { ticket } = await insertTicket(tx, owner);
    const offers = [aTransfer(ticket), aTransfer(ticket)];
    await tx.transfers.transfers.insert(offers);
    for (const { id: transferId } of offers) {
      await tx.transfers.offeredTickets.remove([ticket.id]);
      await tx.transfers.offeredTickets.insert([{ ...owner, id: ticket.id, transferId }]);
    }
  },
  'an open listing after a withdrawn one': async (tx, owner) => {
    const { ticket } = await insertTicket(tx, owner);
    const closed = { state: 'withdrawn', closedAt: now, buyerOrderId: null } as const;
    await tx.resale.listings.insert([{ ...aListing(ticket), ...closed }]);
    await tx.resale.listings.insert([aListing(ticket)]);
  },
  'one number of a revocation at two events': async (tx, owner) => {
    for (const at of [owner, await insertOwner(tx)]) {
      const { ticket } = await insertTicket(tx, at);
      await tx.tickets.revocations.insert([aRevocation(ticket, 1)]);
    }
  },
  'a buyer who waits again after an entry that ended': (tx, owner) => {
    const ended = { state: 'ended', endedFor: 'left' } as const;
    const [was, is] = [anEntry(owner, { buyerKey: 'same' }), anEntry(owner, { buyerKey: 'same' })];
    return tx.waitlist.entries.insert([{ ...was, ...ended }, is]);
  },
  'an open offer of an entry after a declined one': async (tx, owner) => {
    const entry = anEntry(owner);
    await tx.waitlist.entries.insert([entry]);
    const declined = { ...(await anOffer(tx, entry)), state: 'declined' } as const;
    await tx.waitlist.offers.insert([declined, await anOffer(tx, entry)]);
  },
  'a place that nobody entered yet': (tx, owner) =>
    tx.checkin.presences.put([aPresence(owner, { entries: 0, firstAt: null })]),
  'scans without a scan id': (tx, owner) =>
    tx.checkin.scans.insert([aScan(owner, null), aScan(owner, null)]),
  'two bookings of one source that are of another kind': (tx, owner) => {
    const id = newId('ord');
    const both = [aPosting(owner, id, 'sale'), aPosting(owner, id, 'unexpected_payment')];
    return tx.ledger.append(both, []);
  },
};

/** The rules that the tables keep by themselves. */
export function constraints({ it, expect, storage }: Part): void {
  it.each(Object.keys(broken))('refuses %s', async (name) => {
    const outcome = await tried(storage(), async (tx) => {
      await broken[name]?.(tx, await insertOwner(tx));
      return 'taken';
    });
    expect(outcome).toBeInstanceOf(Error);
  });

  it.each(Object.keys(sound))('takes %s', async (name) => {
    const outcome = await tried(storage(), async (tx) => {
      await sound[name]?.(tx, await insertOwner(tx));
      return 'taken';
    });
    expect(outcome).toBe('taken');
  });
}
