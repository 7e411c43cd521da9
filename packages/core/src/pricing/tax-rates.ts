import { type Instant, type Ratio, ratio, ratioOf } from '../kernel/index.ts';
import type { TaxRecord } from './tax.ts';

/** One of the taxes of a class, as fractions of what it is taken on. */
export interface TaxShare {
  readonly tax: TaxRecord;
  /** Of the net price: the rate, and for a compound one its share of the taxes before it. */
  readonly ofNet: Ratio;
  /** Of the gross price that holds it. */
  readonly ofGross: Ratio;
}

/** The taxes of a class at a place and an instant, in the order in which they are taken. */
function taxesOf(
  taxes: readonly TaxRecord[],
  taxClass: string,
  place: string | null,
  at: Instant,
): TaxShare[] {
  const its = taxes
    .filter((tax) => tax.taxClass === taxClass && isValid(tax, at) && isAt(tax, place))
    .sort((a, b) => a.position - b.position || (a.id < b.id ? -1 : 1));
  const fractions = fractionsOf(its);
  return its.flatMap((tax, order) => {
    const share = fractions[order];
    return share === undefined ? [] : [{ tax, ...share }];
  });
}

/** Taxes that are taken one after the other, as fractions of the net and of the gross price. */
export function fractionsOf(
  taxes: readonly Pick<TaxRecord, 'percent' | 'compound'>[],
): Pick<TaxShare, 'ofNet' | 'ofGross'>[] {
  let all: Ratio = ratio(0n, 1n);
  const onNet = taxes.map(({ percent, compound }) => {
    const rate = ratioOf(percent);
    const ofNet = compound ? product(rate, sum(one, all)) : rate;
    all = sum(all, ofNet);
    return ofNet;
  });
  const gross = sum(one, all);
  return onNet.map((ofNet) => ({ ofNet, ofGross: quotient(ofNet, gross) }));
}

/**
 * The rates of an organizer, each class at a place worked out once for the time
 * in which the same rates are valid.
 */
export class TaxTable {
  private readonly known = new Map<string, readonly TaxShare[]>();
  private readonly taxes: readonly TaxRecord[];
  /** The instants at which some rate begins or ends. */
  private readonly changes: readonly Instant[];

  constructor(taxes: readonly TaxRecord[]) {
    this.taxes = taxes;
    const bounds = taxes.flatMap(({ validFrom, validUntil }) => [validFrom, validUntil]);
    this.changes = bounds.filter((bound) => bound !== null);
  }

  get isEmpty(): boolean {
    return this.taxes.length === 0;
  }

  /** The taxes of a class at a place and an instant, in the order in which they are taken. */
  of(taxClass: string, place: string | null, at: Instant): readonly TaxShare[] {
    const period = this.changes.filter((change) => change <= at).length;
    const key = `${taxClass} ${place ?? ''} ${period}`;
    const known = this.known.get(key);
    if (known !== undefined) return known;
    if (this.known.size >= KNOWN) this.known.clear();
    const shares = taxesOf(this.taxes, taxClass, place, at);
    this.known.set(key, shares);
    return shares;
  }

  /** Whether some tax of the class is owed at places: then the place has to be known. */
  needsPlace(taxClass: string, at: Instant): boolean {
    return this.taxes.some(
      (tax) => tax.taxClass === taxClass && tax.place !== null && isValid(tax, at),
    );
  }
}

/** Places are what buyers say they are: more of them than this are forgotten. */
const KNOWN = 1000;

function isValid({ validFrom, validUntil }: TaxRecord, at: Instant): boolean {
  return (validFrom === null || validFrom <= at) && (validUntil === null || at < validUntil);
}

/** A tax of a country is owed in its parts too. */
function isAt(tax: TaxRecord, place: string | null): boolean {
  if (tax.place === null) return true;
  return place !== null && (place === tax.place || place.startsWith(`${tax.place}-`));
}

const one = ratio(1n, 1n);

function sum(a: Ratio, b: Ratio): Ratio {
  return ratio(
    a.numerator * b.denominator + b.numerator * a.denominator,
    a.denominator * b.denominator,
  );
}

function product(a: Ratio, b: Ratio): Ratio {
  return ratio(a.numerator * b.numerator, a.denominator * b.denominator);
}

function quotient(a: Ratio, b: Ratio): Ratio {
  return ratio(a.numerator * b.denominator, a.denominator * b.numerator);
}
