import { randomFillSync } from 'node:crypto';
import * as z from 'zod';
import type { Clock } from './clock.ts';
import { millisOf } from './instant.ts';
import { idFromBytes } from './typeid.ts';

/**
 * Ids are UUIDv7 (RFC 9562) written as TypeIDs: a prefix that names the kind,
 * then 26 characters of Crockford's base32. They sort by time as strings.
 * Format: https://github.com/jetify-com/typeid/tree/main/spec
 */
export interface Ids {
  /** A fresh id with this prefix; ids of one source are strictly ascending. */
  next(prefix: IdPrefix): string;
}

/** Every kind of record that has an id of its own. */
export const ID_PREFIXES = {
  organizer: 'org',
  member: 'mbr',
  signingKey: 'key',
  event: 'evt',
  catalogueVersion: 'cat',
  session: 'ses',
  series: 'ser',
  seatMap: 'map',
  pool: 'pol',
  ticketType: 'typ',
  code: 'cod',
  tier: 'tir',
  discount: 'dsc',
  fee: 'fee',
  tax: 'tax',
  question: 'qst',
  hold: 'hld',
  block: 'blk',
  claim: 'clm',
  order: 'ord',
  note: 'nte',
  payment: 'pay',
  refund: 'ref',
  orderRefund: 'orf',
  refundPolicy: 'rfp',
  refundRun: 'rfr',
  refundOutcome: 'rfo',
  discrepancy: 'dcp',
  ticket: 'tkt',
  custody: 'cus',
  scan: 'scn',
  checkinList: 'ckl',
  listing: 'lst',
  transfer: 'trf',
  waitlistEntry: 'wle',
  waitlistOffer: 'wlo',
  listingGroup: 'lsg',
  giftCard: 'gft',
  giftCardUse: 'gcu',
  giftCardRefund: 'gcr',
  payout: 'pyt',
  invoice: 'inv',
  posting: 'pst',
  entry: 'ent',
  outbox: 'obx',
  outboxFailure: 'obf',
  webhookEndpoint: 'whe',
  webhookDelivery: 'whd',
  audit: 'aud',
} as const;

export type IdPrefix = (typeof ID_PREFIXES)[keyof typeof ID_PREFIXES];

const NAMES = new Map<string, string>(
  Object.entries(ID_PREFIXES).map(([name, prefix]) => [prefix, name]),
);

/** The schema of an id of one kind. */
export function idOf(prefix: IdPrefix) {
  const name = NAMES.get(prefix) ?? prefix;
  return z
    .string()
    .regex(new RegExp(`^${prefix}_[0-7][0-9a-hjkmnp-tv-z]{25}$`), {
      error: `Expected the id of a ${name}, which begins with ${prefix}_.`,
    })
    .meta({ examples: [`${prefix}_01k0000000e008000000000000`] });
}

/** Fills the array with random bytes. */
export type RandomBytes = (into: Uint8Array) => void;

const POOL_BYTES = 4096;

/**
 * Ids made in this process. Within one millisecond the 12 bits after the
 * timestamp count up (RFC 9562, 6.2, method 1), so a batch sorts in the order
 * in which it was made; a clock that steps back does not break the order.
 */
export function createIds(clock: Clock, random: RandomBytes = randomFillSync): Ids {
  const pool = new Uint8Array(POOL_BYTES);
  const bytes = new Uint8Array(16);
  let used = POOL_BYTES;
  let last = 0;
  let counter = 0;

  function tail(): void {
    if (used + 8 > POOL_BYTES) {
      random(pool);
      used = 0;
    }
    for (let i = 0; i < 8; i++) bytes[8 + i] = pool[used + i] ?? 0;
    used += 8;
  }

  return {
    next(prefix) {
      const now = millisOf(clock.now());
      if (now > last) {
        last = now;
        counter = 0;
      } else {
        counter += 1;
        if (counter > 0xfff) {
          last += 1;
          counter = 0;
        }
      }
      let rest = last;
      for (let i = 5; i >= 0; i--) {
        bytes[i] = rest % 256;
        rest = Math.floor(rest / 256);
      }
      tail();
      bytes[6] = 0x70 | (counter >> 8);
      bytes[7] = counter & 0xff;
      bytes[8] = 0x80 | ((bytes[8] ?? 0) & 0x3f);
      return idFromBytes(prefix, bytes);
    },
  };
}

/** The lowest id of this kind that can have been made at an instant: ids from it on are no older. */
export function firstIdAt(prefix: IdPrefix, instant: string): string {
  const bytes = new Uint8Array(16);
  let rest = Math.max(0, millisOf(instant));
  for (let i = 5; i >= 0; i--) {
    bytes[i] = rest % 256;
    rest = Math.floor(rest / 256);
  }
  return idFromBytes(prefix, bytes);
}
