import * as z from 'zod';
import { Amount, Currency, Instant, idOf } from '../kernel/index.ts';

export const GiftCardId = idOf('gft');

/** A code as somebody types it. */
export const GiftCardCode = z
  .string()
  .trim()
  .min(1)
  .max(64)
  .meta({ description: 'The code of a gift card; capitals, spaces and dashes do not matter.' });

/** Codes that pay an order; one that is named twice counts once. */
export const GiftCardCodes = z
  .array(GiftCardCode)
  .max(5)
  .default([])
  .meta({ description: 'Codes of gift cards, used in this order, each as far as it goes.' });

export const GiftCard = z
  .object({
    id: GiftCardId,
    organizerId: idOf('org'),
    lastFour: z.string().meta({ description: 'The last four characters of its code.' }),
    currency: Currency,
    loaded: Amount.meta({ description: 'What it was issued with, in minor units.' }),
    balance: Amount.meta({
      description: 'What can be spent of it, in minor units; orders that wait have theirs.',
    }),
    state: z.enum(['active', 'disabled']),
    expiresAt: Instant.nullable().meta({ description: 'From then on it pays nothing.' }),
    note: z.string().nullable(),
    createdAt: Instant,
  })
  .meta({
    id: 'GiftCard',
    description: 'Stored value at an organizer, for all of its events in the currency.',
  });
export type GiftCard = z.output<typeof GiftCard>;

export interface GiftCardRecord {
  readonly id: string;
  readonly organizerId: string;
  /** A keyed digest of the code (see `code.ts`); no card has the code itself. */
  readonly codeHash: string;
  readonly lastFour: string;
  readonly currency: string;
  /** Minor units. */
  readonly loaded: number;
  /**
   * The sum of its uses that are not released, less what came back, in minor
   * units. It changes only in the transaction that changes those uses.
   */
  readonly spent: number;
  readonly state: 'active' | 'disabled';
  readonly expiresAt: string | null;
  readonly note: string | null;
  readonly createdAt: string;
  readonly revision: number;
}
