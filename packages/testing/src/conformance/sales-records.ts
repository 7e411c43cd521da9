import type {
  GiftCardRecord,
  GiftCardUseRecord,
  HoldRecord,
  ListingRecord,
  OrderRecord,
  OrderRefundRecord,
  PaymentRecord,
  RefundRecord,
  RefundRunRecord,
  TicketRecord,
  TransferRecord,
  WriteTx,
} from '@ticketi/core';
import { plainOrder } from '@ticketi/core';
import { aHold, newId, now, type Owner, soon } from './records.ts';

export function anOrder(hold: HoldRecord): OrderRecord {
  return {
    ...plainOrder,
    id: newId('ord'),
    organizerId: hold.organizerId,
    eventId: hold.eventId,
    holdId: hold.id,
    kind: 'primary',
    listingId: null,
    buyerName: 'Anna',
    buyerEmail: 'anna@example.com',
    buyerSearch: 'anna anna@example.com',
    billing: null,
    userId: hold.userId,
    provider: 'manual',
    currency: 'EUR',
    total: hold.quote.total,
    credited: 0,
    giftCards: [],
    refunded: 0,
    givenBack: 0,
    quote: hold.quote,
    state: 'pending',
    expiresAt: soon,
    createdAt: now,
    paidAt: null,
    cancelledAt: null,
    revision: 1,
  };
}

export function aPayment(
  { id: orderId, organizerId, eventId, total: amount, currency }: OrderRecord,
  change: Partial<PaymentRecord> = {},
): PaymentRecord {
  return {
    id: newId('pay'),
    organizerId,
    eventId,
    orderId,
    provider: 'manual',
    method: null,
    amount,
    currency,
    state: 'created',
    providerRef: null,
    action: null,
    reason: null,
    toldAt: null,
    cancelRequestedAt: null,
    createdAt: now,
    settledAt: null,
    revision: 1,
    ...change,
  };
}

export function aRefund(payment: PaymentRecord): RefundRecord {
  const { organizerId, eventId, orderId, id: paymentId, amount, currency } = payment;
  return {
    id: newId('ref'),
    organizerId,
    eventId,
    orderId,
    paymentId,
    orderRefundId: null,
    amount,
    currency,
    reason: 'late_payment',
    state: 'requested',
    providerRef: null,
    attempt: 1,
    failure: null,
    dueAt: now,
    createdAt: now,
    settledAt: null,
    revision: 1,
  };
}

export function aTicket(order: OrderRecord, admissionId?: string): TicketRecord {
  const id = newId('tkt');
  return {
    id,
    admissionId: admissionId ?? id,
    organizerId: order.organizerId,
    eventId: order.eventId,
    ticketTypeId: newId('typ'),
    name: 'Standard',
    sessionIds: null,
    orderId: order.id,
    holdId: order.holdId,
    transferId: null,
    claimHoldId: order.holdId,
    line: 0,
    seat: null,
    draws: [{ poolId: newId('pol'), units: 1 }],
    holderName: 'Anna',
    holderEmail: 'anna@example.com',
    holderUserId: null,
    attendee: null,
    nameChanges: 0,
    price: order.total,
    fee: 0,
    currency: 'EUR',
    issue: 1,
    keyId: newId('key'),
    checkedInAt: null,
    checkedInGate: null,
    createdAt: now,
    state: 'valid',
    voidReason: null,
    voidedAt: null,
    revision: 1,
  };
}

export function aTransfer(ticket: TicketRecord): TransferRecord {
  const { id, organizerId, eventId, ticketTypeId, name } = ticket;
  return {
    id: newId('trf'),
    organizerId,
    eventId,
    tickets: [{ ticketId: id, ticketTypeId, name, seat: null }],
    fromName: 'Anna',
    fromEmail: 'anna@example.com',
    fromUserId: null,
    fromAccessId: ticket.holdId,
    toEmail: 'ben@example.com',
    toUserId: null,
    message: null,
    state: 'open',
    createdAt: now,
    expiresAt: soon,
    closedAt: null,
    acceptedTicketIds: null,
    revision: 1,
  };
}

export function aListing(ticket: TicketRecord): ListingRecord {
  return {
    id: newId('lst'),
    organizerId: ticket.organizerId,
    eventId: ticket.eventId,
    ticketId: ticket.id,
    ticketTypeId: ticket.ticketTypeId,
    name: ticket.name,
    sellerName: ticket.holderName,
    sellerEmail: ticket.holderEmail,
    sellerUserId: null,
    sellerHoldId: ticket.holdId,
    sellerKey: ticket.holdId,
    section: null,
    seatLabel: null,
    startsAt: null,
    groupId: null,
    groupSize: 1,
    soldWhole: false,
    price: ticket.price,
    paid: ticket.price,
    currency: 'EUR',
    terms: {
      allowed: true,
      cap: null,
      capOf: 'paid',
      capAmount: null,
      floor: '0',
      floorAmount: 0,
      feesIncluded: false,
      sellerFee: '2.5',
      buyerFee: '0',
      organizerShare: null,
      opensAt: null,
      closesAt: soon,
      maxOpen: null,
      maxInAll: null,
      minHeldMinutes: 0,
      primaryFirst: false,
      settlement: 'payout_after_event',
    },
    state: 'open',
    expiresAt: soon,
    settleDueAt: null,
    refunded: 0,
    createdAt: now,
    closedAt: null,
    buyerOrderId: null,
    revision: 1,
  };
}

export function aGiftCard(
  { organizerId }: Pick<Owner, 'organizerId'>,
  change: Partial<GiftCardRecord> = {},
): GiftCardRecord {
  const id = newId('gft');
  return {
    id,
    organizerId,
    codeHash: id,
    lastFour: '4HNB',
    currency: 'EUR',
    loaded: 5000,
    spent: 0,
    state: 'active',
    expiresAt: null,
    note: null,
    createdAt: now,
    revision: 1,
    ...change,
  };
}

/** What a pending order took from a card. */
export function aGiftCardUse(
  { id: orderId, organizerId, eventId, expiresAt }: OrderRecord,
  { id: giftCardId }: GiftCardRecord,
  change: Partial<GiftCardUseRecord> = {},
): GiftCardUseRecord {
  return {
    id: newId('gcu'),
    organizerId,
    eventId,
    giftCardId,
    orderId,
    amount: 1000,
    refunded: 0,
    usedAt: now,
    expiresAt,
    paidAt: null,
    releasedAt: null,
    ...change,
  };
}

export function anOrderRefund(
  { id: orderId, organizerId, eventId, currency }: OrderRecord,
  change: Partial<OrderRefundRecord> = {},
): OrderRefundRecord {
  return {
    id: newId('orf'),
    organizerId,
    eventId,
    orderId,
    kind: 'requested',
    reason: null,
    policy: 'keep_prices',
    feesKept: false,
    percent: '100',
    currency,
    amount: 100,
    units: [1],
    lines: [{ line: 0, quantity: 1, amount: 100 }],
    ticketIds: [newId('tkt')],
    platformFee: 5,
    taxes: [{ taxId: newId('tax'), amount: 7 }],
    means: [],
    credit: 0,
    creditCardId: null,
    creditCode: null,
    runId: null,
    madeBy: 'system',
    createdAt: now,
    ...change,
  };
}

export function aRefundRun(
  { organizerId, eventId }: Owner,
  change: Partial<RefundRunRecord> = {},
): RefundRunRecord {
  return {
    id: newId('rfr'),
    organizerId,
    eventId,
    state: 'running',
    feesKept: false,
    destination: 'original',
    reason: null,
    currency: 'EUR',
    cursor: null,
    madeBy: 'system',
    createdAt: now,
    doneAt: null,
    revision: 1,
    ...change,
  };
}

/** A hold with its order. */
export async function insertOrder(tx: WriteTx, owner: Owner): Promise<OrderRecord> {
  const hold = aHold(owner, { state: 'ordered' });
  const order = anOrder(hold);
  await tx.inventory.holds.insert([hold]);
  await tx.orders.orders.insert([order]);
  return order;
}
