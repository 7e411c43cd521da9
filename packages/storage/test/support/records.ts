import type {
  AuditRecord,
  BlockRecord,
  CheckinListRecord,
  ClaimRecord,
  CodePolicyRecord,
  CodeRecord,
  CounterRecord,
  CustodyRecord,
  DeliveryRecord,
  DiscrepancyRecord,
  EndpointRecord,
  EntryRecord,
  EventRecord,
  FailureRecord,
  FeeRecord,
  GiftCardRecord,
  GiftCardRefundRecord,
  GiftCardUseRecord,
  HoldRecord,
  InvoiceRecord,
  IssuerRecord,
  ListingRecord,
  MemberRecord,
  OrderNoteRecord,
  OrderRecord,
  OrganizerRecord,
  OutboxRecord,
  PaymentRecord,
  PayoutRecord,
  PoolRecord,
  PostingRecord,
  PresenceRecord,
  QuestionRecord,
  Quote,
  RefundRecord,
  ResalePolicyRecord,
  RevocationRecord,
  ScanRecord,
  SessionRecord,
  SigningKeyRecord,
  TicketRecord,
  TicketTypeRecord,
  TransferPolicyRecord,
  TransferRecord,
  WaitlistEntryRecord,
  WaitlistOfferRecord,
  WaitlistPolicyRecord,
  WaitlistWishRecord,
  WriteTx,
} from '@ticketi/core';
import {
  defaultPolicy,
  plainCode,
  plainFee,
  plainOrder,
  plainQuote,
  plainTerms,
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
  maxPerOrder: null,
  maxPerBuyer: 6,
  pricePolicy: defaultPolicy,
  catalogueVersion: 'cat_1',
  waited: [],
  state: 'draft',
  createdAt: now,
  publishedAt: null,
  cancelledAt: null,
  cancelReason: null,
  revision: 1,
};

const quote: Quote = {
  currency: 'EUR',
  lines: [
    {
      ticketTypeId: idOf('typ', 1),
      name: 'Standard',
      quantity: 2,
      admits: 2,
      unitPrice: 4900,
      subtotal: 9800,
      discount: 0,
      fee: 0,
      tax: 0,
      total: 9800,
    },
  ],
  ...plainQuote,
  subtotal: 9800,
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
    buyerKey: null,
    asked: null,
    limits: [{ ticketTypeId: null, max: 6, quantity: 2 }],
    expiresAt: later,
    extendedAt: null,
    createdAt: now,
    revision: 1,
    ...fields,
  };
}

export function block(n: number): BlockRecord {
  return {
    id: idOf('blk', n),
    organizerId,
    eventId,
    poolId: idOf('pol', 1),
    sessionId: null,
    seats: null,
    units: 3,
    released: 1,
    reason: 'Guests',
    codeId: null,
    createdAt: now,
    revision: 1,
    state: 'active',
    releasedAt: null,
  };
}

export function claim(n: number, fields: Partial<ClaimRecord> = {}): ClaimRecord {
  return {
    id: idOf('clm', n),
    organizerId,
    eventId,
    targetId: idOf('pol', 1),
    claimantId: idOf('hld', n),
    units: 1,
    claimedAt: now,
    expiresAt: later,
    paidAt: null,
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

export const member: MemberRecord = {
  id: idOf('mbr', 1),
  organizerId,
  userId: 'u_1',
  role: 'owner',
  createdAt: now,
  revision: 1,
};

export const signingKey: SigningKeyRecord = {
  id: idOf('key', 1),
  organizerId,
  publicKey: 'public',
  privateKey: 'sealed',
  createdAt: now,
  retiredAt: null,
  revokedAt: null,
  revision: 1,
};

export const session: SessionRecord = {
  id: idOf('ses', 1),
  organizerId,
  eventId,
  name: null,
  startsAt: '2027-08-01T16:00:00.000Z',
  endsAt: '2027-08-01T22:00:00.000Z',
  doorsAt: null,
  state: 'scheduled',
  seriesId: null,
  occurrence: null,
  revision: 1,
};

export const ticketType: TicketTypeRecord = {
  id: idOf('typ', 1),
  organizerId,
  eventId,
  name: 'Standard',
  description: '',
  price: 4900,
  seating: null,
  draws: [{ poolId: idOf('pol', 1), units: 1 }],
  sessionIds: null,
  saleFrom: null,
  saleUntil: null,
  maxPerOrder: 8,
  maxPerBuyer: 4,
  maxInAll: null,
  terms: plainTerms,
  state: 'on_sale',
  revision: 1,
};

export const pool: PoolRecord = {
  id: idOf('pol', 1),
  organizerId,
  eventId,
  sessionId: null,
  name: 'Field',
  revision: 1,
};

export const code: CodeRecord = {
  id: idOf('cod', 1),
  organizerId,
  eventId,
  code: 'Early',
  codeKey: 'EARLY',
  ...plainCode,
  discount: { type: 'percent', percent: '10' },
  validFrom: null,
  validUntil: null,
  ticketTypeIds: null,
  state: 'active',
  createdAt: now,
  revision: 1,
};

export const fee: FeeRecord = {
  id: idOf('fee', 1),
  organizerId,
  eventId,
  ...plainFee,
  name: 'Booking fee',
  percent: '2.5',
  fixed: 50,
  per: 'ticket',
  mode: 'passed_on',
  revision: 1,
};

/** The order of the hold of the same number. */
export const question: QuestionRecord = {
  id: idOf('qst', 1),
  organizerId,
  eventId,
  key: 'shirt_size',
  label: 'Shirt size',
  type: 'choice',
  asked: 'ticket',
  required: true,
  collect: 'at_order',
  options: ['S', 'M'],
  min: null,
  max: null,
  ticketTypeIds: null,
  position: 0,
  revision: 1,
};

export function order(n: number, fields: Partial<OrderRecord> = {}): OrderRecord {
  const pending: OrderRecord = {
    ...plainOrder,
    id: idOf('ord', n),
    organizerId,
    eventId,
    holdId: idOf('hld', n),
    kind: 'primary',
    listingId: null,
    buyerName: 'Ada',
    buyerEmail: 'ada@example.org',
    buyerSearch: 'ada ada@example.org',
    billing: null,
    userId: null,
    provider: 'manual',
    currency: 'EUR',
    total: 9800,
    credited: 0,
    giftCards: [],
    refunded: 0,
    givenBack: 0,
    quote,
    expiresAt: later,
    createdAt: now,
    revision: 1,
    state: 'pending',
    paidAt: null,
    cancelledAt: null,
  };
  return Object.assign(pending, fields);
}

export function note(n: number): OrderNoteRecord {
  const on = { organizerId, eventId, orderId: idOf('ord', 1) };
  return { ...on, id: idOf('nte', n), text: 'Called.', author: 'user:u_1', createdAt: now };
}

export const paid = { state: 'paid', paidAt: now } as const;

export function payment(n: number, fields: Partial<PaymentRecord> = {}): PaymentRecord {
  return {
    id: idOf('pay', n),
    organizerId,
    eventId,
    orderId: idOf('ord', 1),
    provider: 'manual',
    method: null,
    amount: 9800,
    currency: 'EUR',
    state: 'created',
    providerRef: null,
    action: null,
    reason: null,
    toldAt: null,
    cancelRequestedAt: null,
    createdAt: now,
    settledAt: null,
    revision: 1,
    ...fields,
  };
}

export function refund(n: number, fields: Partial<RefundRecord> = {}): RefundRecord {
  return {
    id: idOf('ref', n),
    organizerId,
    eventId,
    orderId: idOf('ord', 1),
    paymentId: idOf('pay', 1),
    orderRefundId: null,
    amount: 9800,
    currency: 'EUR',
    reason: 'late_payment',
    state: 'requested',
    providerRef: null,
    attempt: 1,
    failure: null,
    dueAt: fields.state === 'succeeded' ? null : now,
    createdAt: now,
    settledAt: null,
    revision: 1,
    ...fields,
  };
}

export function discrepancy(n: number, fields: Partial<DiscrepancyRecord> = {}): DiscrepancyRecord {
  return {
    id: idOf('dcp', n),
    organizerId,
    eventId,
    orderId: idOf('ord', 1),
    paymentId: idOf('pay', 1),
    provider: 'bank',
    kind: 'refunded_elsewhere',
    subject: idOf('pay', 1),
    amount: 100,
    currency: 'EUR',
    detail: 'The provider gave 100 back.',
    createdAt: now,
    resolvedAt: null,
    resolution: null,
    revision: 1,
    ...fields,
  };
}

export function giftCard(n: number, fields: Partial<GiftCardRecord> = {}): GiftCardRecord {
  return {
    id: idOf('gft', n),
    organizerId,
    codeHash: `hash ${n}`,
    lastFour: '4HNB',
    currency: 'EUR',
    loaded: 5000,
    spent: 0,
    state: 'active',
    expiresAt: null,
    note: null,
    createdAt: now,
    revision: 1,
    ...fields,
  };
}

export function giftCardUse(n: number, fields: Partial<GiftCardUseRecord> = {}): GiftCardUseRecord {
  return {
    id: idOf('gcu', n),
    organizerId,
    eventId,
    giftCardId: idOf('gft', 1),
    orderId: idOf('ord', n),
    amount: 1000,
    refunded: 0,
    usedAt: now,
    expiresAt: later,
    paidAt: null,
    releasedAt: null,
    ...fields,
  };
}

export function giftCardRefund(
  n: number,
  fields: Partial<GiftCardRefundRecord> = {},
): GiftCardRefundRecord {
  return {
    id: idOf('gcr', n),
    organizerId,
    eventId,
    giftCardId: idOf('gft', 1),
    orderId: idOf('ord', n),
    useId: idOf('gcu', n),
    orderRefundId: idOf('orf', n),
    amount: 100,
    createdAt: now,
    ...fields,
  };
}

export const issuer: IssuerRecord = {
  id: organizerId,
  legalName: 'Summer Fest e.V.',
  address: { lines: ['Park 1'], postcode: '10115', city: 'Berlin', country: 'DE' },
  taxIds: [{ label: 'VAT ID', number: 'DE136695976' }],
  email: null,
  bankDetails: null,
  paymentTerms: null,
  footer: null,
  timezone: 'Europe/Berlin',
  numberPrefix: '',
  invoiceFormat: '{prefix}{year}-{number:5}',
  creditNoteFormat: '{prefix}CN{year}-{number:5}',
  issue: 'on_request',
  followedTo: now,
  beginsAfter: idOf('pst', 0),
  updatedAt: now,
  revision: 1,
};

const nowhere = { lines: [], postcode: null, city: null, country: null };

/** The invoice of the order of the same number. */
export function invoice(n: number, fields: Partial<InvoiceRecord> = {}): InvoiceRecord {
  return {
    id: idOf('inv', n),
    organizerId,
    eventId,
    orderId: idOf('ord', n),
    kind: 'invoice',
    invoiceId: null,
    invoiceNumber: null,
    refundId: null,
    reason: null,
    replaces: 0,
    year: 2027,
    sequence: n,
    number: `2027-${n}`,
    currency: 'EUR',
    total: 9800,
    content: {
      seller: {
        legalName: issuer.legalName,
        address: nowhere,
        taxIds: [],
        email: null,
        bankDetails: null,
        paymentTerms: null,
        footer: null,
        timezone: 'Europe/Berlin',
      },
      buyer: {
        company: null,
        name: 'Ada',
        address: nowhere,
        email: 'ada@example.org',
        taxId: null,
      },
      event: { name: 'Summer Fest', venue: null, startsAt: null, endsAt: null },
      lines: [],
      discounts: [],
      fees: [],
      taxes: [],
      taxIncluded: true,
      taxRelief: null,
      net: 9800,
      tax: 0,
      rounding: 0,
      total: 9800,
      paidByGiftCards: 0,
      paid: 9800,
      due: 0,
      paidAt: now,
      dueAt: null,
    },
    issuedAt: now,
    ...fields,
  };
}

/** A credit note of the invoice of the same number. */
export function creditNote(n: number, fields: Partial<InvoiceRecord> = {}): InvoiceRecord {
  return invoice(n, {
    id: idOf('inv', 500_000 + n),
    kind: 'credit_note',
    invoiceId: idOf('inv', n),
    invoiceNumber: `2027-${n}`,
    reason: 'Goodwill',
    number: `CN2027-${n}`,
    ...fields,
  });
}

export function ticket(n: number, fields: Partial<TicketRecord> = {}): TicketRecord {
  const valid: TicketRecord = {
    id: idOf('tkt', n),
    admissionId: idOf('tkt', n),
    organizerId,
    eventId,
    ticketTypeId: ticketType.id,
    name: 'Standard',
    sessionIds: null,
    orderId: idOf('ord', 1),
    holdId: idOf('hld', 1),
    transferId: null,
    claimHoldId: idOf('hld', 1),
    line: 0,
    seat: null,
    draws: ticketType.draws,
    holderName: 'Ada',
    holderEmail: 'ada@example.org',
    holderUserId: null,
    attendee: null,
    nameChanges: 0,
    price: 4900,
    fee: 0,
    currency: 'EUR',
    issue: 1,
    keyId: signingKey.id,
    checkedInAt: null,
    checkedInGate: null,
    createdAt: now,
    revision: 1,
    state: 'valid',
    voidReason: null,
    voidedAt: null,
  };
  return Object.assign(valid, fields);
}

export const voided = { state: 'void', voidReason: 'resold', voidedAt: later } as const;

export function transfer(n: number, fields: Partial<TransferRecord> = {}): TransferRecord {
  const open: TransferRecord = {
    id: idOf('trf', n),
    organizerId,
    eventId,
    tickets: [
      { ticketId: idOf('tkt', n), ticketTypeId: ticketType.id, name: 'Standard', seat: null },
    ],
    fromName: 'Ada',
    fromEmail: 'ada@example.org',
    fromUserId: null,
    fromAccessId: idOf('hld', 1),
    toEmail: 'ben@example.org',
    toUserId: null,
    message: null,
    state: 'open',
    createdAt: now,
    expiresAt: later,
    closedAt: null,
    acceptedTicketIds: null,
    revision: 1,
  };
  return Object.assign(open, fields);
}

export const transferPolicy: TransferPolicyRecord = {
  id: eventId,
  organizerId,
  terms: {
    allowed: true,
    opensAt: null,
    closesAt: null,
    answersRequired: false,
    nameChangeUntil: null,
    nameChanges: null,
    reissuesADay: 3,
    ticketTypes: [],
  },
  revision: 1,
};

export function custody(n: number, fields: Partial<CustodyRecord> = {}): CustodyRecord {
  return {
    id: idOf('cus', n),
    organizerId,
    eventId,
    admissionId: idOf('tkt', 1),
    ticketId: idOf('tkt', 1),
    kind: 'issued',
    holderName: 'Ada',
    holderEmail: 'ada@example.org',
    holderUserId: null,
    price: 4900,
    currency: 'EUR',
    reason: null,
    at: now,
    ...fields,
  };
}

export function revocation(n: number): RevocationRecord {
  return {
    id: idOf('tkt', n),
    organizerId,
    eventId,
    reason: 'resold',
    issue: 1,
    revokedAt: later,
    sequence: null,
  };
}

/** What a device showed of the first ticket. */
export const shown = {
  scanId: 'device-1',
  listId: idOf('ckl', 1),
  ticketId: idOf('tkt', 1),
  admissionId: idOf('tkt', 1),
};

export function checkinList(n: number): CheckinListRecord {
  return {
    id: idOf('ckl', n),
    organizerId,
    eventId,
    name: 'Everybody',
    ticketTypeIds: null,
    sessionIds: null,
    opens: { of: 'doors', minutes: -30 },
    closes: null,
    opensAt: null,
    closesAt: null,
    entries: 'once',
    exits: false,
    reentry: false,
    gates: ['North'],
    archivedAt: null,
    createdAt: now,
    revision: 1,
  };
}

export function presence(n: number, fields: Partial<PresenceRecord> = {}): PresenceRecord {
  return {
    organizerId,
    eventId,
    listId: idOf('ckl', 1),
    admissionId: idOf('tkt', n),
    ticketTypeId: idOf('typ', 1),
    entries: 1,
    inside: true,
    firstAt: now,
    firstGate: null,
    lastAt: now,
    lastGate: null,
    lastDay: '2027-07-10',
    leftAt: null,
    revision: 1,
    ...fields,
  };
}

export function scan(n: number, fields: Partial<ScanRecord> = {}): ScanRecord {
  return {
    id: idOf('scn', n),
    scanId: null,
    organizerId,
    eventId,
    deviceId: null,
    listId: null,
    codeDigest: 'digest',
    direction: 'entry',
    admitted: true,
    reason: null,
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
    counts: true,
    finding: null,
    findingWhy: null,
    undoneAt: null,
    undoneBy: null,
    undoReason: null,
    revision: 1,
    ...fields,
  };
}

const terms: ResalePolicyRecord['terms'] = {
  allowed: true,
  cap: '110',
  capOf: 'paid',
  capAmount: null,
  floor: '0',
  floorAmount: 0,
  feesIncluded: false,
  sellerFee: '3',
  buyerFee: '0',
  organizerShare: null,
  opensAt: null,
  closesAt: null,
  maxOpen: null,
  maxInAll: null,
  minHeldMinutes: 0,
  primaryFirst: false,
  settlement: 'payout_after_event',
};

export function listing(n: number, fields: Partial<ListingRecord> = {}): ListingRecord {
  const open: ListingRecord = {
    id: idOf('lst', n),
    organizerId,
    eventId,
    ticketId: idOf('tkt', 1),
    ticketTypeId: ticketType.id,
    name: 'Standard',
    section: null,
    seatLabel: null,
    startsAt: null,
    sellerName: 'Ada',
    sellerEmail: 'ada@example.org',
    sellerUserId: null,
    sellerHoldId: idOf('hld', 1),
    sellerKey: 'ada',
    groupId: null,
    groupSize: 1,
    soldWhole: false,
    price: 5000,
    paid: 4900,
    currency: 'EUR',
    terms,
    createdAt: now,
    revision: 1,
    state: 'open',
    expiresAt: '2999-12-31T23:59:59.999Z',
    settleDueAt: null,
    refunded: 0,
    closedAt: null,
    buyerOrderId: null,
  };
  return Object.assign(open, fields);
}

export const codePolicy: CodePolicyRecord = {
  id: eventId,
  organizerId,
  rotating: true,
  doorKeyNumber: 2,
  revision: 1,
};

export const policy: ResalePolicyRecord = {
  id: eventId,
  organizerId,
  preset: null,
  terms,
  ticketTypes: [],
  revision: 1,
};

export const waitlistPolicy: WaitlistPolicyRecord = {
  id: eventId,
  organizerId,
  terms: { open: true, offerMinutes: 720, maxQuantity: 10, misses: 1, priorities: [] },
  revision: 1,
};

export function entry(n: number, fields: Partial<WaitlistEntryRecord> = {}): WaitlistEntryRecord {
  const id = idOf('wle', n);
  const waiting: WaitlistEntryRecord = {
    id,
    organizerId,
    eventId,
    userId: null,
    name: 'Ada',
    email: 'ada@example.com',
    buyerKey: `buyer-${n}`,
    ticketTypeIds: [idOf('typ', 1)],
    quantity: 2,
    minQuantity: 1,
    priority: 0,
    place: `1000 ${now} ${id}`,
    misses: 0,
    state: 'waiting',
    endedFor: null,
    joinedAt: now,
    revision: 1,
  };
  return Object.assign(waiting, fields);
}

export function wish(n: number, fields: Partial<WaitlistWishRecord> = {}): WaitlistWishRecord {
  return {
    entryId: idOf('wle', n),
    organizerId,
    eventId,
    ticketTypeId: idOf('typ', 1),
    quantity: 2,
    minQuantity: 1,
    ...fields,
  };
}

export function offer(n: number, fields: Partial<WaitlistOfferRecord> = {}): WaitlistOfferRecord {
  return {
    id: idOf('wlo', n),
    organizerId,
    eventId,
    entryId: idOf('wle', n),
    holdId: idOf('hld', n),
    ticketTypeId: idOf('typ', 1),
    quantity: 1,
    state: 'open',
    claimedAt: null,
    createdAt: now,
    revision: 1,
    ...fields,
  };
}

export function posting(n: number, fields: Partial<PostingRecord> = {}): PostingRecord {
  return {
    id: idOf('pst', n),
    organizerId,
    eventId,
    kind: 'sale',
    sourceId: idOf('ord', n),
    currency: 'EUR',
    at: now,
    ...fields,
  };
}

/** The entries of a posting: so much in clearing, and the same owed to the organizer. */
export function entries(n: number, amount: number, owed = amount): EntryRecord[] {
  const common = {
    postingId: idOf('pst', n),
    organizerId,
    eventId,
    party: null,
    currency: 'EUR',
    at: now,
  };
  return [
    {
      ...common,
      id: idOf('ent', 2 * n),
      account: 'provider_clearing',
      item: 'payment',
      amount,
    },
    {
      ...common,
      id: idOf('ent', 2 * n + 1),
      account: 'organizer_payable',
      item: 'price',
      amount: -owed,
    },
  ];
}

export function payout(n: number, fields: Partial<PayoutRecord> = {}): PayoutRecord {
  const pending: PayoutRecord = {
    id: idOf('pyt', n),
    organizerId,
    eventId: null,
    ticketId: null,
    amount: 9800,
    currency: 'EUR',
    state: 'pending',
    reference: 'July',
    reason: null,
    createdAt: now,
    settledAt: null,
    revision: 1,
  };
  return Object.assign(pending, fields);
}

export function outbox(n: number, fields: Partial<OutboxRecord> = {}): OutboxRecord {
  return {
    id: idOf('obx', n),
    type: 'order.paid',
    version: 1,
    organizerId,
    eventId,
    subject: idOf('ord', 1),
    actor: 'system',
    at: now,
    data: { id: idOf('ord', 1) },
    sequence: null,
    ...fields,
  };
}

export function audit(n: number, fields: Partial<AuditRecord> = {}): AuditRecord {
  return {
    id: idOf('aud', n),
    organizerId,
    eventId,
    operation: 'orders.pay',
    actor: 'user:u_1',
    subjects: [{ type: 'order.paid', subject: idOf('ord', 1) }],
    at: now,
    ...fields,
  };
}

export function failure(n: number, fields: Partial<FailureRecord> = {}): FailureRecord {
  return {
    id: idOf('obf', n),
    subscriber: 'mailer',
    outboxId: idOf('obx', n),
    sequence: n,
    queue: eventId,
    attempts: 1,
    nextAttemptAt: now,
    error: 'no',
    parkedAt: null,
    createdAt: now,
    revision: 1,
    ...fields,
  };
}

export const endpoint: EndpointRecord = {
  id: idOf('whe', 1),
  organizerId,
  url: 'https://example.com/hooks',
  types: ['order.paid'],
  ordered: true,
  description: null,
  state: 'enabled',
  disabledReason: null,
  secret: 'sealed',
  previousSecret: null,
  previousUntil: null,
  createdAt: now,
  revision: 1,
};

export function delivery(n: number, fields: Partial<DeliveryRecord> = {}): DeliveryRecord {
  return {
    id: idOf('whd', n),
    organizerId,
    eventId,
    endpointId: idOf('whe', 1),
    outboxId: idOf('obx', n),
    sequence: n,
    type: 'order.paid',
    state: 'pending',
    attempts: 0,
    nextAttemptAt: now,
    attemptedAt: null,
    status: null,
    error: null,
    response: null,
    milliseconds: null,
    createdAt: now,
    revision: 1,
    ...fields,
  };
}
