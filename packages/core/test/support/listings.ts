import { isRefusal } from '../../src/kernel/index.ts';
import { listTickets } from '../../src/resale/list-tickets.ts';
import type { ListingFacts } from '../../src/resale/obstacles.ts';
import { termsFrom } from '../../src/resale/policy.ts';
import { NOW, publishedEvent, session, ticket } from './records.ts';

/** What listing the ticket of the records is decided on. */
export const facts = (more: Partial<ListingFacts> = {}): ListingFacts => ({
  ticket,
  first: ticket,
  heldSince: ticket.createdAt,
  event: publishedEvent,
  sessions: [session],
  saleFrom: null,
  terms: termsFrom({ cap: '110', floor: '50' }),
  isListed: false,
  pendingTransfer: false,
  primaryLeft: false,
  sellerKey: 'ada',
  ...more,
});

const ONE = { ids: ['lst_1'], groupId: null, soldWhole: false, now: NOW };

/** What becomes of listing it. */
export const list = (more?: Partial<ListingFacts>, price = 5000, listed = { open: 0, sold: 0 }) => {
  const listings = listTickets([facts(more)], price, { ...ONE, listed });
  if (isRefusal(listings)) return listings;
  const [listing] = listings;
  if (listing === undefined) throw new Error('Nothing was listed.');
  return listing;
};

/** An open listing of it. */
export function open() {
  const listing = list();
  if (isRefusal(listing)) throw new Error(listing.message);
  return listing;
}
