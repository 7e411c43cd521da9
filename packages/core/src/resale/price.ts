import { distribute, portion, sumOf } from '../kernel/index.ts';
import type { ResaleTerms } from './policy.ts';

/** What was paid for a ticket, in minor units. */
interface Paid {
  readonly price: number;
  readonly fee: number;
}

/**
 * What was paid as the policy counts it: by the holder, or at the first sale, whose fees
 * no resale adds to; with or without fees. Minor units.
 */
export function paidOf({ capOf, feesIncluded }: ResaleTerms, last: Paid, first: Paid): number {
  const { price, fee } = capOf === 'first_sale' ? first : last;
  return feesIncluded ? price + fee : price;
}

/** What may be asked for a ticket, in minor units. */
export interface Bounds {
  /** Null: there is no cap. */
  readonly cap: number | null;
  /** Never above the cap: where a policy contradicts itself, the cap holds. */
  readonly floor: number;
}

/** The most and the least that may be asked: of two caps the lower, of two floors the higher. */
export function boundsOf(terms: ResaleTerms, paid: number): Bounds {
  const caps = [terms.capAmount, terms.cap === null ? null : portion(paid, terms.cap)];
  const set = caps.filter((cap) => cap !== null);
  const cap = set.length === 0 ? null : Math.min(...set);
  const floor = Math.max(terms.floorAmount, portion(paid, terms.floor));
  return { cap, floor: cap === null ? floor : Math.min(cap, floor) };
}

/** Who has what of a resale, in minor units. */
export interface Proceeds {
  readonly price: number;
  readonly buyerFee: number;
  readonly sellerFee: number;
  /** The organizer's, out of the fees or of what the seller would have. */
  readonly organizerShare: number;
  /** price - sellerFee, less the organizer's share where it is one of the mark-up. */
  readonly sellerGets: number;
  /** Both fees, less the organizer's share where it is one of them. */
  readonly platformGets: number;
  /** price + buyerFee, and the sum of what the three get. */
  readonly buyerPays: number;
}

/** What the buyer pays on top of the price. Minor units. */
export function buyerFeeOf({ buyerFee }: ResaleTerms, price: number): number {
  return portion(price, buyerFee);
}

/** Splits a price by the terms. `paid`: what the holder paid, as the terms count it. */
export function proceedsOf(terms: ResaleTerms, price: number, paid: number): Proceeds {
  const { organizerShare: share } = terms;
  const buyerFee = buyerFeeOf(terms, price);
  const sellerFee = Math.min(price, portion(price, terms.sellerFee));
  const fees = sellerFee + buyerFee;
  const left = price - sellerFee;
  const ofFees = share?.of === 'fees' ? portion(fees, share.percent) : 0;
  const markup = Math.max(0, price - paid);
  const ofMarkup = share?.of === 'markup' ? Math.min(left, portion(markup, share.percent)) : 0;
  return {
    price,
    buyerFee,
    sellerFee,
    organizerShare: ofFees + ofMarkup,
    sellerGets: left - ofMarkup,
    platformGets: fees - ofFees,
    buyerPays: price + buyerFee,
  };
}

/** A ticket of a group, as far as its part of the price depends on it. */
interface Part extends Bounds {
  readonly paid: number;
}

/**
 * Splits the price of a group over its tickets, exactly: each has its floor, and what is above
 * those goes by the room that caps leave, so that no part is above its cap while the price is not
 * above their sum. What has no cap takes part by what was paid for it, and takes what
 * capped ones cannot.
 */
export function splitPrice(price: number, parts: readonly Part[]): number[] {
  const rest = price - sumOf(parts, ({ floor }) => floor);
  const isCapped = parts.every(({ cap }) => cap !== null);
  const weights = parts.map(({ cap, floor, paid }) => (isCapped ? (cap ?? 0) - floor : paid));
  const wanted = distribute(rest, evenIfNothing(weights));
  if (isCapped) return parts.map(({ floor }, at) => floor + (wanted[at] ?? 0));
  const within = parts.map(({ cap, floor }, at) =>
    cap === null ? (wanted[at] ?? 0) : Math.min(wanted[at] ?? 0, cap - floor),
  );
  const over = rest - sumOf(within, (part) => part);
  const open = parts.map(({ cap, paid }) => (cap === null ? paid : 0));
  const isOpen = parts.map(({ cap }) => (cap === null ? 1 : 0));
  const more = distribute(over, open.some((weight) => weight > 0) ? open : isOpen);
  return parts.map(({ floor }, at) => floor + (within[at] ?? 0) + (more[at] ?? 0));
}

function evenIfNothing(weights: readonly number[]): readonly number[] {
  return weights.some((weight) => weight > 0) ? weights : weights.map(() => 1);
}

/** What may be asked for a group: the sums of what may be asked for its tickets. */
export function groupBounds(parts: readonly Bounds[]): Bounds {
  const caps = parts.flatMap(({ cap }) => (cap === null ? [] : [cap]));
  return {
    cap: caps.length < parts.length ? null : sumOf(caps, (cap) => cap),
    floor: sumOf(parts, ({ floor }) => floor),
  };
}
