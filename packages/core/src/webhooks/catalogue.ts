import * as z from 'zod';
import { Scan } from '../checkin/index.ts';
import { Event, Session, TicketType } from '../events/index.ts';
import { GiftCard } from '../gift-cards/index.ts';
import { Block, Hold, Pool } from '../inventory/index.ts';
import { Amount, Currency, idOf } from '../kernel/index.ts';
import { Order } from '../orders/index.ts';
import { Member, Organizer } from '../organizers/index.ts';
import { Payment, Refund } from '../payments/index.ts';
import { AutomaticDiscount, Code, Fee, PricePolicy, Quote, Tax } from '../pricing/index.ts';
import { Listing, ResalePolicy } from '../resale/index.ts';
import { Seating, SeatMap } from '../seating/index.ts';
import { Ticket } from '../tickets/index.ts';
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
const CodesCreated = z.object({ batch: z.string(), count: z.int() }).meta({ id: 'CodesCreated' });
const WebhookTest = z.object({ endpointId: idOf('whe') }).meta({ id: 'WebhookTest' });

/**
 * Every kind of fact that Ticketi tells the world, by its type: what `emit`
 * takes, what `ticketi.on` hands out and what webhooks carry. Docs, OpenAPI and
 * the types of the SDK come from here.
 */
export const eventTypes = {
  'organizer.created': of(Organizer, 'An organizer is there.'),
  'organizer.updated': of(Organizer, 'An organizer changed.'),
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

  'payment.created': of(Payment, 'A payment was begun.'),
  'payment.pending': of(Payment, 'The provider is at it.'),
  'payment.requires_action': of(Payment, 'The buyer has to do something.'),
  'payment.succeeded': of(Payment, 'Money came.'),
  'payment.declined': of(Payment, 'The provider said no.'),
  'payment.cancelled': of(Payment, 'A payment was given up.'),
  'refund.requested': of(RequestedRefund, 'Money is to go back.'),
  'refund.succeeded': of(Refund, 'Money went back.'),
  'refund.failed': of(Refund, 'The provider could not send it back; it is tried again.'),

  'gift_card.issued': of(GiftCard, 'A gift card is there.'),
  'gift_card.updated': of(GiftCard, 'A gift card changed.'),
  'gift_card.refunded': of(GiftCardRefunded, 'An order’s credit went back to a gift card.'),

  'ticket.issued': of(Ticket, 'Somebody has a ticket.'),
  'ticket.voided': of(Ticket, 'A ticket opens nothing any more.'),
  'ticket.checked_in': of(Scan, 'Somebody came in.'),
  'scan.refused': of(Scan, 'Somebody was not let in.'),

  'resale_policy.set': of(ResalePolicy, 'The rules of reselling.'),
  'listing.created': of(Listing, 'A ticket is for sale by its holder.'),
  'listing.reserved': of(HoldFact, 'A buyer holds a listing.'),
  'listing.sold': of(Listing, 'A ticket changed hands.'),
  'listing.withdrawn': of(Listing, 'A seller thought better of it.'),
  'listing.invalidated': of(Listing, 'The ticket behind a listing is void.'),

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
