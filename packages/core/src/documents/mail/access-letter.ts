import type { OrderRecord } from '../../orders/index.ts';
import type { Locale } from '../../print/index.ts';
import { eventTypes, type OutboxRecord } from '../../webhooks/index.ts';
import type { Draft } from './letter.ts';
import { linkTo, oneLine, paragraphs, type Writing } from './writing.ts';

interface AccessAsked {
  readonly email: string;
  readonly orders: readonly {
    readonly order: OrderRecord;
    readonly eventName: string;
    readonly link: string | null;
  }[];
}

/** The orders that somebody asked for, as far as they are a guest's of that address. */
export async function readAccess(
  writing: Writing,
  { data }: Pick<OutboxRecord, 'data'>,
): Promise<AccessAsked | undefined> {
  const { tx } = writing;
  const asked = eventTypes['order.access_requested'].data.parse(data);
  const found = await tx.orders.orders.findMany(asked.orders.map(({ id }) => id));
  const own = found.filter(
    ({ userId, buyerEmail }) => userId === null && buyerEmail === asked.email,
  );
  if (own.length === 0) return undefined;
  const events = await tx.events.events.findMany([...new Set(own.map(({ eventId }) => eventId))]);
  const names = new Map(events.map(({ id, name }) => [id, name]));
  return {
    email: asked.email,
    orders: own.map((order) => ({
      order,
      eventName: names.get(order.eventId) ?? '',
      link: linkTo(writing, order),
    })),
  };
}

const words = {
  en: {
    subject: 'The links to your orders',
    asked: 'Somebody asked for the links to the orders of this address. Here they are:',
    care: 'Whoever has a link has the tickets. If it was not you who asked, nothing is to be done.',
  },
  de: {
    subject: 'Die Links zu Ihren Bestellungen',
    asked: 'Jemand hat nach den Links zu den Bestellungen dieser Adresse gefragt. Hier sind sie:',
    care: 'Wer einen Link hat, hat die Tickets. Haben Sie nicht gefragt, ist nichts zu tun.',
  },
} as const satisfies Record<Locale, object>;

/** The links to somebody's orders, to the address that bought them. */
export function accessLetter(
  { email, orders }: AccessAsked,
  { locale }: Pick<Writing, 'locale'>,
): Draft {
  const say = words[locale];
  return {
    to: { name: orders[0]?.order.buyerName ?? null, email },
    subject: oneLine(say.subject),
    text: paragraphs(
      say.asked,
      orders
        .map(({ order, eventName, link }) => `${oneLine(eventName)}: ${link ?? order.id}`)
        .join('\n'),
      say.care,
    ),
    orders: orders.map(({ order, link }) => ({ orderId: order.id, link })),
    offer: null,
    attachments: [],
  };
}
