import type { Instant } from '../kernel/index.ts';
import { portion } from '../kernel/index.ts';
import type { Adjustment, UnitPrice } from './selection.ts';
import type { Dynamic, PriceChange, Tier, TypeTerms } from './terms.ts';

/** A type as its price depends on it. */
export interface PricedType {
  readonly id: string;
  readonly price: number;
  readonly terms: Pick<TypeTerms, 'tiers' | 'ownPrice' | 'dynamic'>;
}

/** How much of something is taken. */
export interface Share {
  readonly taken: number;
  readonly of: number;
}

/** What a price has to know of the sales so far. */
export interface Demand {
  /** Sales that a tier has left. Asked only of tiers with a quantity. */
  left(tier: Tier): number;
  /** How full the type is: its scarcest pool, or its most tickets in all. */
  share(typeId: string): Share;
}

/** Whether a type's price depends on how much is sold. */
export function movesWithSales({ terms: { tiers, dynamic } }: PricedType): boolean {
  return (
    tiers.some(({ quantity }) => quantity !== null) ||
    (dynamic !== null && dynamic.demand.length > 0)
  );
}

/**
 * What so many of a type cost now, by unit price: the tier of the moment, or the
 * next ones where it sells out on the way, then the list price; each after the
 * steps of demand and time, within their bounds. `own` is the buyer's own amount
 * for a type that leaves it to them.
 */
export function unitPrices(
  type: PricedType,
  quantity: number,
  { now, demand, own }: { now: Instant; demand: Demand; own: number | undefined },
): UnitPrice[] {
  const { tiers, ownPrice, dynamic } = type.terms;
  const plain = { source: type.id, tier: null, adjustments: [] };
  if (ownPrice !== null) {
    const unitPrice = own ?? ownPrice.suggested ?? ownPrice.min;
    return [{ ...plain, unitPrice, quantity, rule: 'own_price' }];
  }
  const prices: UnitPrice[] = [];
  let missing = quantity;
  for (const tier of tiers) {
    if (missing === 0) break;
    if (tier.until !== null && tier.until <= now) continue;
    const count = tier.quantity === null ? missing : Math.min(missing, demand.left(tier));
    if (count <= 0) continue;
    missing -= count;
    prices.push({
      unitPrice: tier.price,
      quantity: count,
      rule: 'tier_price',
      source: tier.id,
      tier: { id: tier.id, name: tier.name },
      adjustments: [],
    });
  }
  if (missing > 0) {
    prices.push({ ...plain, unitPrice: type.price, quantity: missing, rule: 'list_price' });
  }
  return dynamic === null
    ? prices
    : prices.map((price) => adjusted(price, dynamic, now, demand.share(type.id)));
}

function adjusted(price: UnitPrice, dynamic: Dynamic, now: Instant, share: Share): UnitPrice {
  const adjustments: Adjustment[] = [];
  let unitPrice = price.unitPrice;
  const apply = (
    rule: Adjustment['rule'],
    output: number,
    terms: Readonly<Record<string, string | number>>,
  ) => {
    adjustments.push({ rule, input: unitPrice, output, terms });
    unitPrice = output;
  };
  const demand = stepOfDemand(dynamic, share);
  if (demand !== undefined) {
    const terms = { soldShare: demand.soldShare, sold: share.taken, of: share.of };
    apply('demand_step', changed(unitPrice, demand.change), {
      ...terms,
      ...termsOf(demand.change),
    });
  }
  const time = stepOfTime(dynamic, now);
  if (time !== undefined) {
    apply('time_step', changed(unitPrice, time.change), {
      from: time.from,
      ...termsOf(time.change),
    });
  }
  const bounded = Math.min(Math.max(unitPrice, dynamic.floor), dynamic.ceiling);
  if (bounded !== unitPrice) {
    apply('price_bound', bounded, { floor: dynamic.floor, ceiling: dynamic.ceiling });
  }
  return { ...price, unitPrice, adjustments };
}

/** The step with the highest share that is reached. */
function stepOfDemand({ demand }: Dynamic, { taken, of }: Share) {
  let best: Dynamic['demand'][number] | undefined;
  for (const step of demand) {
    const isReached = of > 0 && reaches(taken, of, step.soldShare);
    if (isReached && (best === undefined || isMore(step.soldShare, best.soldShare))) best = step;
  }
  return best;
}

/** Whether `taken` of `of` is `percent` or more, exactly. */
export function reaches(taken: number, of: number, percent: string): boolean {
  return BigInt(taken) * 100_000_000n >= BigInt(of) * millionths(percent);
}

function isMore(percent: string, than: string): boolean {
  return millionths(percent) > millionths(than);
}

/** A percentage in millionths of a percent, as many as it may have. */
function millionths(percent: string): bigint {
  const [whole = '0', fraction = ''] = percent.split('.');
  return BigInt(whole + fraction.padEnd(6, '0'));
}

/** The last step that has begun. */
function stepOfTime({ time }: Dynamic, now: Instant) {
  let latest: Dynamic['time'][number] | undefined;
  for (const step of time) {
    if (step.from <= now && (latest === undefined || step.from >= latest.from)) latest = step;
  }
  return latest;
}

/** What a step makes of a price. */
export function changed(price: number, change: PriceChange): number {
  switch (change.type) {
    case 'percent':
      return Math.max(0, price + portion(price, change.percent));
    case 'amount':
      return Math.max(0, price + change.amount);
    case 'price':
      return change.price;
    default:
      return change satisfies never;
  }
}

function termsOf(change: PriceChange): Record<string, string | number> {
  const { type, ...figures } = change;
  return { change: type, ...figures };
}

/** The change that `termsOf` wrote; undefined: it is none. */
export function changeOf(
  terms: Readonly<Record<string, string | number | boolean>>,
): PriceChange | undefined {
  const { change: type, percent, amount, price } = terms;
  if (type === 'percent' && typeof percent === 'string') return { type, percent };
  if (type === 'amount' && typeof amount === 'number') return { type, amount };
  if (type === 'price' && typeof price === 'number') return { type, price };
  return undefined;
}
