import type { Actor, Order, Surface, Ticket, Ticketi } from '@ticketi/core';
import type { BoxOffice } from './box-office.ts';

type Handle = Pick<Ticketi, keyof Surface | 'as'>;
type Answer<Call> = Call extends (...input: never[]) => Promise<infer Output> ? Output : never;

export type TestHold = Answer<Surface['holds']['create']>;
export type TestGiftCard = Answer<Surface['giftCards']['issue']>;
export type TestListing = Answer<Surface['resale']['list']>;

/** Who buys what. */
export interface PurchaseOptions {
  /** A signed-in user or, by default, somebody without an account. */
  readonly userId?: string;
  /** Default: `buyer` or the user's id, at example.com. */
  readonly buyer?: { readonly name: string; readonly email: string };
  /** Tickets of the standard type. Default 1. */
  readonly quantity?: number;
  readonly items?: readonly { readonly ticketTypeId: string; readonly quantity: number }[];
  readonly codes?: readonly string[];
  /** Codes of gift cards that pay first. */
  readonly giftCards?: readonly string[];
}

/** A hold and the actor that it belongs to: the user, or the guest with its token. */
export interface Held {
  readonly hold: TestHold;
  readonly actor: Actor;
}

export interface Placed extends Held {
  readonly order: Order;
}

export interface Paid extends Placed {
  /** In the order in which they were made. */
  readonly tickets: readonly Ticket[];
}

/** Takes places for somebody. */
export async function aHold(
  ticketi: Handle,
  office: Pick<BoxOffice, 'event' | 'standard'>,
  { userId, quantity = 1, items, codes = [] }: PurchaseOptions = {},
): Promise<Held> {
  const visitor: Actor =
    userId === undefined ? { type: 'anonymous' } : { type: 'user', id: userId };
  const hold = await ticketi.as(visitor).holds.create({
    eventId: office.event.id,
    items: [...(items ?? [{ ticketTypeId: office.standard.id, quantity }])],
    codes: [...codes],
  });
  return {
    hold,
    actor: userId === undefined ? { type: 'guest', token: hold.accessToken ?? '' } : visitor,
  };
}

/** An order that waits for its payment (one that costs nothing is paid). */
export async function aPlacedOrder(
  ticketi: Handle,
  office: Pick<BoxOffice, 'event' | 'standard'>,
  options: PurchaseOptions = {},
): Promise<Placed> {
  const held = await aHold(ticketi, office, options);
  const name = options.userId ?? 'buyer';
  const order = await ticketi.as(held.actor).orders.place({
    holdId: held.hold.id,
    buyer: options.buyer ?? { name, email: `${name}@example.com` },
    payment: { giftCards: [...(options.giftCards ?? [])] },
  });
  return { ...held, order };
}

/** An order that was paid in cash (the provider `manual`), with its tickets. */
export async function aPaidOrder(
  ticketi: Handle,
  office: Pick<BoxOffice, 'event' | 'standard'>,
  options: PurchaseOptions = {},
): Promise<Paid> {
  const placed = await aPlacedOrder(ticketi, office, options);
  const order = await payInCash(ticketi, placed.order);
  return { ...placed, order, tickets: await ticketsOf(ticketi, order.id) };
}

/** Pays a pending order through the provider `manual`. */
export async function payInCash(ticketi: Handle, order: Order): Promise<Order> {
  if (order.state !== 'pending') return order;
  const { payment } = await ticketi.orders.pay({ orderId: order.id });
  if (payment === null) throw new Error(`Order ${order.id} got no payment.`);
  const { due: amount, currency } = order;
  return ticketi.payments.confirm({ paymentId: payment.id, amount, currency });
}

/** A gift card of the organizer, with its code. Default: 50.00 EUR, for ever. */
export async function aGiftCard(
  ticketi: Handle,
  { organizer, ownerId }: Pick<BoxOffice, 'organizer' | 'ownerId'>,
  options: {
    readonly amount?: number;
    readonly currency?: string;
    readonly expiresAt?: string | null;
  } = {},
): Promise<TestGiftCard> {
  const input = { amount: 5000, currency: 'EUR', ...options, organizerId: organizer.id };
  return ticketi.as({ type: 'user', id: ownerId }).giftCards.issue(input);
}

/** The tickets of an order, in the order in which they were made. */
export async function ticketsOf(ticketi: Handle, orderId: string): Promise<Ticket[]> {
  const tickets: Ticket[] = [];
  for await (const ticket of ticketi.tickets.iterate({ orderId })) tickets.push(ticket);
  return tickets.reverse();
}

/** Offers the first ticket of a paid order for resale. Default price: what was paid for it. */
export async function aListing(
  ticketi: Handle,
  { actor, tickets }: Paid,
  options: { readonly price?: number } = {},
): Promise<TestListing> {
  const [ticket] = tickets;
  if (ticket === undefined) throw new Error('The order has no tickets.');
  const price = options.price ?? ticket.price;
  return ticketi.as(actor).resale.list({ ticketId: ticket.id, price });
}
