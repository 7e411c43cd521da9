import type { Migration } from '../migration.ts';
import { books } from './books.ts';
import { catalogue } from './catalogue.ts';
import { door } from './door.ts';
import { giftCards } from './gift-cards.ts';
import { inventory } from './inventory.ts';
import { invoices } from './invoices.ts';
import { refunds } from './refunds.ts';
import { sales } from './sales.ts';
import { seating } from './seating.ts';
import { transfers } from './transfers.ts';
import { waitlist } from './waitlist.ts';
import { webhooks } from './webhooks.ts';

/**
 * Rows carry `organizer_id` and, where they belong to one, `event_id`, which is
 * the key by which the tables may be distributed one day. No foreign key leads
 * to `counters`, the hot row: checking it halved the throughput of claims
 * (docs/benchmarks.md); its check and the guarded update stand for it.
 */
export const initial: Migration = {
  number: 1,
  name: '0001_initial',
  statements: (dialect) => [
    ...catalogue(dialect),
    ...inventory(dialect),
    ...sales(dialect),
    ...transfers(dialect),
    ...giftCards(dialect),
    ...refunds(dialect),
    ...invoices(dialect),
    ...door(dialect),
    ...books(dialect),
    ...seating(dialect),
    ...waitlist(dialect),
    ...webhooks(dialect),
  ],
};
