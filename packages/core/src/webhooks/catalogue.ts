import * as z from 'zod';
import { CheckinList, MergeFact, Scan } from '../checkin/index.ts';
import { Event, Session, TicketType } from '../events/index.ts';
import { GiftCard } from '../gift-cards/index.ts';
import { Block, Hold, Pool } from '../inventory/index.ts';
import { Invoice, Issuer } from '../invoices/index.ts';
import { Amount, Currency, Instant, idOf } from '../kernel/index.ts';
import { Payout } from '../ledger/index.ts';
import { Order } from '../orders/index.ts';
import { Member, Organizer, SigningKey } from '../organizers/index.ts';
import { Discrepancy, Payment, Refund } from '../payments/index.ts';
import { AutomaticDiscount, Code, Fee, PricePolicy, Quote, Tax } from '../pricing/index.ts';
import { Question } from '../questions/index.ts';
import { OrderRefund, RefundOutcome, RefundPolicyShown } from '../refunds/index.ts';
import { Listing, ListingSettled, ResalePolicy } from '../resale/index.ts';
import { Seating, SeatMap } from '../seating/index.ts';
import { CodePolicy, Ticket } from '../tickets/index.ts';
import { Transfer, TransferPolicy } from '../transfers/index.ts';
import { WaitlistEntry, WaitlistOffer, WaitlistPolicy } from '../waitlist/index.ts';
import { Delivery } from './delivery.ts';
import { WebhookEndpoint } from './endpoint.ts';

/** A kind of fact: the version of its form, what it tells, and the schema of its `data`. */
interface EventKind<Data extends z.ZodObject> {
  /** Counts up when the form changes so that a reader of the last one would misread it. */
  readonly version: number;
  readonly means: string;
  readonly data: Data;
}

function of<Data extends z.ZodObject>(
  data: Data,
  means: string,
  version: number = 1,
): EventKind<Data> {
  return { version, means, data };
}

/** Facts leave out the steps of a price (`withoutTrace`). */
const quote = Quote.omit({ trace: true }).meta({ id: 'QuoteWithoutTrace' });
const OrderFact = Order.extend({ quote }).meta({
  id: 'OrderFact',
  description: 'An order, without the steps of its price.',
});
const HoldFact = Hold.extend({ quote }).meta({
  id: 'HoldFact',
  description: 'A hold, without the steps of its price.',
});
const RequestedRefund = Refund.extend({ reason: z.string() }).meta({ id: 'RequestedRefund' });
const GiftCardRefunded = z
  .object({
    id: idOf('gcr'),
    giftCardId: idOf('gft'),
    orderId: idOf('ord'),
    amount: Amount,
    currency: Currency,
  })
  .meta({ id: 'GiftCardRefunded' });
const LapsedInventory = z
  .object({
    eventId: idOf('evt'),
    freed: z.array(z.object({ targetId: z.string(), units: z.int() })),
  })
  .meta({ id: 'LapsedInventory' });
const WaitlistOffered = WaitlistOffer.extend({ entry: WaitlistEntry }).meta({
  id: 'WaitlistOffered',
  description: 'An offer and who waited. Its code is not in it: `waitlist.getOffer` has it.',
});
const CodesCreated = z.object({ batch: z.string(), count: z.int() }).meta({ id: 'CodesCreated' });
const OrderRefunded = OrderRefund.extend({
  order: z.object({
    total: Amount,
    givenBack: Amount,
    refundState: z.enum(['none', 'partial', 'full']),
  }),
}).meta({ id: 'OrderRefunded', description: 'A refund of an order, and how the order stands.' });
const InvoiceFact = Invoice.pick({
  id: true,
  kind: true,
  number: true,
  orderId: true,
  invoiceId: true,
  refundId: true,
  currency: true,
  total: true,
  issuedAt: true,
}).meta({ id: 'InvoiceFact', description: 'An invoice or credit note, without its contents.' });
const NoteAdded = z
  .object({ noteId: idOf('nte'), orderId: idOf('ord'), author: z.string(), createdAt: Instant })
  .meta({ id: 'NoteAdded' });
const AccessRequested = z
  .object({
    email: z.string(),
    orders: z.array(z.object({ id: idOf('ord'), eventId: idOf('evt') })),
  })
  .meta({ id: 'AccessRequested' });
const RefundRunFact = z.object({ id: idOf('rfr'), eventId: idOf('evt') }).meta({
  id: 'RefundRunFact',
});
const RefundRunStarted = RefundRunFact.extend({
  feesKept: z.boolean(),
  destination: z.enum(['original', 'credit']),
  reason: z.string().nullable(),
}).meta({ id: 'RefundRunStarted' });
const RefundRunOrder = RefundOutcome.pick({
  id: true,
  runId: true,
  orderId: true,
  state: true,
  amount: true,
  reason: true,
}).meta({ id: 'RefundRunOrder' });
const ReissuedTicket = Ticket.extend({
  previousTicketId: idOf('tkt'),
  reason: z.string().nullable(),
}).meta({ id: 'ReissuedTicket' });
const WebhookTest = z.object({ endpointId: idOf('whe') }).meta({ id: 'WebhookTest' });

/**
 * Every kind of fact that Ticketi tells the world, by its type: what `emit`
 * takes, what `ticketi.on` hands out and what webhooks carry. Docs, OpenAPI and
 * the types of the SDK come from here.
 */
export const eventTypes = {
  'organizer.created': of(Organizer, 'An organizer is there.'),
  'organizer.updated': of(Organizer, 'An organizer changed.'),
  'signing_key.rotated': of(SigningKey, 'New tickets of an organizer are signed with this key.'),
  'signing_key.revoked': of(
    SigningKey,
    'Doors refuse the codes under this key: its tickets have new ones.',
  ),
  'member.added': of(Member, 'A user got a role.'),
  'member.removed': of(Member, 'A user lost their role.'),

  'event.created': of(Event, 'A draft of an event.'),
  'event.updated': of(Event, 'An event changed.'),
  'event.published': of(Event, 'An event goes on sale.'),
  'event.cancelled': of(Event, 'An event will not take place.'),
  'session.added': of(Session, 'Another date of an event.'),
  'session.updated': of(Session, 'A date changed.'),
  'ticket_type.created': of(TicketType, 'Something more to buy.'),
  'ticket_type.updated': of(TicketType, 'A ticket type, or its price, changed.'),

  'seat_map.created': of(SeatMap, 'A hall is there.'),
  'session.seated': of(Seating, 'A date has its seats.'),

  'pool.created': of(Pool, 'A capacity is there.'),
  'pool.updated': of(Pool, 'A capacity changed.'),
  'block.created': of(Block, 'Capacity was set aside.'),
  'block.released': of(Block, 'Capacity that was set aside is free again, or a part of it.'),
  'hold.created': of(HoldFact, 'A buyer holds places.'),
  'hold.extended': of(HoldFact, 'A hold lasts longer.'),
  'hold.changed': of(HoldFact, 'A hold has other items.'),
  'hold.released': of(HoldFact, 'A hold was given up.'),
  'inventory.lapsed': of(LapsedInventory, 'Places of lapsed holds were taken back.'),

  'price_policy.set': of(PricePolicy, 'How prices are taxed and rounded.'),
  'discount.set': of(AutomaticDiscount, 'A discount is there, or changed.'),
  'discount.removed': of(AutomaticDiscount, 'A discount is gone.'),
  'code.created': of(Code, 'A code is there.'),
  'codes.created': of(CodesCreated, 'A lot of codes is there.'),
  'code.updated': of(Code, 'A code changed.'),
  'fee.set': of(Fee, 'A fee is there, or changed.'),
  'fee.removed': of(Fee, 'A fee is gone.'),
  'tax.set': of(Tax, 'A rate of tax is there, or changed.'),
  'tax.removed': of(Tax, 'A rate of tax is gone.'),

  'order.placed': of(OrderFact, 'A hold became an order, which waits for its payment.'),
  'order.paid': of(OrderFact, 'An order is paid; its tickets were issued with it.'),
  'order.cancelled': of(OrderFact, 'An order was given up unpaid.'),
  'order.expired': of(OrderFact, 'An order was not paid in time.'),
  'order.refunded': of(OrderRefunded, 'Something of a paid order goes back.'),
  'order.billing_set': of(OrderFact, 'An invoice of the order is made out to somebody else.'),
  'order.note_added': of(NoteAdded, 'A member noted something; its text stays with the order.'),
  'order.access_requested': of(AccessRequested, 'A guest wants the link to their orders.'),

  'question.set': of(Question, 'Something is asked of buyers or attendees.'),
  'question.removed': of(Question, 'It is asked no more.'),

  'payment.created': of(Payment, 'A payment was begun.'),
  'payment.pending': of(Payment, 'The provider is at it.'),
  'payment.requires_action': of(Payment, 'The buyer has to do something.'),
  'payment.succeeded': of(Payment, 'Money came.'),
  'payment.declined': of(Payment, 'The provider said no.'),
  'payment.cancelled': of(Payment, 'A payment was given up.'),
  'refund.requested': of(RequestedRefund, 'Money is to go back.'),
  'refund.pending': of(Refund, 'The provider is at it.'),
  'refund.succeeded': of(Refund, 'Money went back.'),
  'refund.failed': of(Refund, 'The provider could not send it back; it is tried again.'),

  'payment.discrepancy': of(Discrepancy, 'A provider and the records disagree.'),
  'payment.discrepancy_resolved': of(Discrepancy, 'Somebody has looked at it.'),

  'refund_policy.set': of(RefundPolicyShown, 'The rules of giving back.'),
  'refund_run.started': of(RefundRunStarted, 'All orders of a cancelled event go back.'),
  'refund_run.order': of(RefundRunOrder, 'One of them has its outcome.'),
  'refund_run.retried': of(RefundRunFact, 'Those that failed are tried again.'),
  'refund_run.done': of(RefundRunFact, 'Every one of them has its outcome.'),

  'invoice_issuer.set': of(Issuer, 'Who issues invoices, and how they are numbered.'),
  'invoice.issued': of(InvoiceFact, 'An order has its invoice.'),
  'invoice.credited': of(InvoiceFact, 'An invoice has a credit note.'),

  'payout.pending': of(Payout, 'Money is on its way to an organizer or a seller.'),
  'payout.paid': of(Payout, 'It arrived.'),
  'payout.failed': of(Payout, 'It did not arrive, and is owed again.'),
  'payout.cancelled': of(Payout, 'It was not sent, and is owed again.'),

  'gift_card.issued': of(GiftCard, 'A gift card is there.'),
  'gift_card.updated': of(GiftCard, 'A gift card changed.'),
  'gift_card.refunded': of(GiftCardRefunded, 'An order’s credit went back to a gift card.'),

  'ticket.issued': of(Ticket, 'Somebody has a ticket.'),
  'ticket.voided': of(Ticket, 'A ticket opens nothing any more.'),
  'ticket.attendee_changed': of(Ticket, 'Somebody else comes with a ticket.'),
  'code_policy.set': of(CodePolicy, 'How the codes of an event’s tickets behave.'),
  'ticket.reissued': of(ReissuedTicket, 'A place has another code, and the same holder.'),
  'ticket.checked_in': of(Scan, 'Somebody came in.'),
  'ticket.checked_out': of(Scan, 'Somebody went out.'),
  'scan.refused': of(Scan, 'Somebody was not let in, or not out.'),
  'checkin.undone': of(Scan, 'A scan was taken back.'),
  'checkin.merged': of(MergeFact, 'A device told what it decided without a connection.'),
  'checkin.double_found': of(Scan, 'A door let somebody in once too often.'),
  'checkin_list.created': of(CheckinList, 'There is another check-in list.'),
  'checkin_list.updated': of(CheckinList, 'A check-in list lets in by other rules.'),
  'checkin_list.archived': of(CheckinList, 'A check-in list lets nobody in any more.'),

  'transfer_policy.set': of(TransferPolicy, 'The rules of passing tickets on.'),
  'transfer.offered': of(Transfer, 'A holder offers tickets to somebody.'),
  'transfer.accepted': of(Transfer, 'Tickets changed hands.'),
  'transfer.declined': of(Transfer, 'Somebody did not want the tickets.'),
  'transfer.cancelled': of(Transfer, 'An offer was taken back.'),
  'transfer.expired': of(Transfer, 'Nobody answered an offer in time.'),
  'transfer.invalidated': of(Transfer, 'A ticket of an offer was used, void or given a new code.'),

  'resale_policy.set': of(ResalePolicy, 'The rules of reselling.'),
  'listing.created': of(Listing, 'A ticket is for sale by its holder.'),
  'listing.reserved': of(HoldFact, 'A buyer holds a listing.'),
  'listing.sold': of(Listing, 'A ticket changed hands.'),
  'listing.repriced': of(Listing, 'A seller asks another price.'),
  'listing.settled': of(ListingSettled, 'A seller was refunded, or is to be paid out.'),
  'listing.withdrawn': of(Listing, 'A seller thought better of it.'),
  'listing.expired': of(Listing, 'The time of a listing is over.'),
  'listing.invalidated': of(Listing, 'The ticket behind a listing is void.'),

  'waitlist_policy.set': of(WaitlistPolicy, 'The rules of a waitlist.'),
  'waitlist.joined': of(WaitlistEntry, 'Somebody waits for tickets.'),
  'waitlist.prioritized': of(WaitlistEntry, 'An entry moved up or down a waitlist.'),
  'waitlist.offered': of(
    WaitlistOffered,
    'Places are kept for who waited: send them the code (`waitlist.getOffer`).',
  ),
  'waitlist.claimed': of(WaitlistOffered, 'The code of an offer was used.'),
  'waitlist.accepted': of(WaitlistOffered, 'An offer became an order.'),
  'waitlist.passed_on': of(
    WaitlistOffered,
    'An offer was declined or has expired; its places go to the next.',
  ),
  'waitlist.left': of(WaitlistEntry, 'An entry ended without tickets.'),

  'webhook_endpoint.created': of(WebhookEndpoint, 'Facts go to another address.'),
  'webhook_endpoint.updated': of(WebhookEndpoint, 'An endpoint, or its secret, changed.'),
  'webhook_endpoint.disabled': of(WebhookEndpoint, 'An endpoint gets nothing any more.'),
  'webhook_endpoint.removed': of(WebhookEndpoint, 'An endpoint is gone.'),
  'webhook_endpoint.replayed': of(WebhookEndpoint, 'What happened before goes there again.'),
  'webhook_delivery.retried': of(Delivery, 'A fact goes to an endpoint again.'),
  'webhook.test': of(WebhookTest, 'Somebody tries an endpoint. It stands in no outbox.'),
} as const satisfies Readonly<Record<`${string}.${string}`, EventKind<z.ZodObject>>>;

export type EventType = keyof typeof eventTypes;

/** The version of the form in which facts of this type are written now. */
export function versionOf(type: EventType): number {
  return eventTypes[type].version;
}
