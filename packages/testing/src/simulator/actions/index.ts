import type { Action } from '../world.ts';
import { checkin } from './checkin.ts';
import { doors } from './doors.ts';
import { giftCards } from './gift-cards.ts';
import { inventory } from './inventory.ts';
import { keys } from './keys.ts';
import { events, orders } from './orders.ts';
import { payments } from './payments.ts';
import { payouts } from './payouts.ts';
import { prices } from './prices.ts';
import { refunds } from './refunds.ts';
import { resale } from './resale.ts';
import { tickets } from './tickets.ts';
import { transfers } from './transfers.ts';
import { waitlist } from './waitlist.ts';

/** Everything that actors do. A room joins with a file of its own and a name here. */
export const actions: readonly Action[] = [
  ...inventory,
  ...prices,
  ...orders,
  ...payments,
  ...refunds,
  ...payouts,
  ...giftCards,
  ...tickets,
  ...transfers,
  ...checkin,
  ...doors,
  ...keys,
  ...resale,
  ...waitlist,
  ...events,
];
