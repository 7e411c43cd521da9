import * as z from 'zod';
import { type Instant, InstantInput, idOf, Percent, portion } from '../kernel/index.ts';

const share = Percent.default('0');

/** The rules under which holders may resell, as data. A listing keeps the ones it was made under. */
export const ResaleTerms = z.strictObject({
  allowed: z.boolean().default(true),
  cap: Percent.nullable().default('100').meta({
    description: 'Most that may be asked, in percent of what the holder paid; null: no cap.',
  }),
  floor: share.meta({ description: 'Least that may be asked, in percent of what they paid.' }),
  feesIncluded: z.boolean().default(false).meta({
    description: 'Whether the fees that the holder paid count into what they paid.',
  }),
  sellerFee: share.meta({ description: 'Percent of the price that the seller leaves.' }),
  buyerFee: share.meta({ description: 'Percent of the price that the buyer pays on top.' }),
  opensAt: InstantInput.nullable().default(null),
  closesAt: InstantInput.nullable().default(null),
});
export type ResaleTerms = z.output<typeof ResaleTerms>;

export const ResalePolicy = ResaleTerms.extend({ eventId: idOf('evt') })
  .strip()
  .meta({ id: 'ResalePolicy', description: 'The rules under which holders may resell.' });

export interface ResalePolicyRecord {
  /** The event's id. */
  readonly id: string;
  readonly organizerId: string;
  readonly terms: ResaleTerms;
  readonly revision: number;
}

/** What the holder paid, in minor units. */
export interface Paid {
  readonly price: number;
  readonly fee: number;
}

/** The most a holder may ask; null when the policy sets no cap. Minor units. */
export function priceCap(terms: ResaleTerms, paid: Paid): number | null {
  return terms.cap === null ? null : portion(basis(terms, paid), terms.cap);
}

/** The least a holder may ask. Minor units. */
export function priceFloor(terms: ResaleTerms, paid: Paid): number {
  return portion(basis(terms, paid), terms.floor);
}

function basis(terms: ResaleTerms, paid: Paid): number {
  return terms.feesIncluded ? paid.price + paid.fee : paid.price;
}

/** What the buyer pays on top of the price. Minor units. */
export function buyerFeeOf(terms: ResaleTerms, price: number): number {
  return portion(price, terms.buyerFee);
}

/** What the seller leaves of the price. Minor units. */
export function sellerFeeOf(terms: ResaleTerms, price: number): number {
  return Math.min(price, portion(price, terms.sellerFee));
}

/** Whether the policy lets tickets change hands at this instant. */
export function windowOpen(terms: ResaleTerms, now: Instant): boolean {
  return (
    (terms.opensAt === null || terms.opensAt <= now) &&
    (terms.closesAt === null || now < terms.closesAt)
  );
}
