import { distribute, sumOf } from '../kernel/index.ts';
import { type Quote, type QuoteLine, sumOfDearest, type Units } from '../pricing/index.ts';

/** Whose an amount is, besides the organizer's: the rest of it is theirs. Minor units. */
export interface Parts {
  /** Fees, passed-on and absorbed ones. */
  readonly platformFee: number;
  readonly taxes: readonly { readonly taxId: string; readonly amount: number }[];
}

/** What a line's price is made of, with the taxes in the order of the quote's. */
interface LineParts {
  readonly quantity: number;
  readonly platformFee: number;
  readonly taxes: readonly number[];
}

/** All that others than the organizer had of a sale, as it was booked. */
export function partsOfSale({ fee, absorbedFee, taxes }: Quote): Parts {
  return {
    platformFee: fee + absorbedFee,
    taxes: taxes.map(({ taxId, amount }) => ({ taxId, amount })),
  };
}

/**
 * What others than the organizer had of so many units of each line: the shares of
 * the units, as `refundKeepingPrices` counts them, so that units given back in any
 * steps come to all that was booked. With fees kept, neither those nor their taxes.
 */
export function partsOfUnits(quote: Quote, units: Units, feesKept: boolean): Parts {
  const lines = linesOf(quote, feesKept);
  const given = (amountOf: (parts: LineParts) => number) =>
    sumOf([...lines.entries()], ([at, parts]) =>
      sumOfDearest(amountOf(parts), parts.quantity, units[at] ?? 0),
    );
  return {
    platformFee: given(({ platformFee }) => platformFee),
    taxes: quote.taxes.map(({ taxId }, tax) => ({
      taxId,
      amount: given(({ taxes }) => taxes[tax] ?? 0),
    })),
  };
}

export function minusParts(parts: Parts, less: Parts): Parts {
  return combined(parts, less, -1);
}

export function plusParts(parts: Parts, more: Parts): Parts {
  return combined(parts, more, 1);
}

/** Parts of `whole`, of `amount` instead: in proportion, by largest remainder. */
export function scaledParts(parts: Parts, whole: number, amount: number): Parts {
  if (amount === whole) return parts;
  const taxes = parts.taxes.map((tax) => tax.amount);
  const rest = whole - parts.platformFee - sumOf(taxes, (tax) => tax);
  if (whole <= 0) return cappedParts(parts, nothing(parts));
  const [, platformFee = 0, ...scaled] = distribute(amount, [rest, parts.platformFee, ...taxes]);
  return {
    platformFee,
    taxes: parts.taxes.map(({ taxId }, at) => ({ taxId, amount: scaled[at] ?? 0 })),
  };
}

/** No part above that of `most`, and none below zero. */
export function cappedParts(parts: Parts, most: Parts): Parts {
  const within = (amount: number, top: number) => Math.max(0, Math.min(amount, top));
  return {
    platformFee: within(parts.platformFee, most.platformFee),
    taxes: parts.taxes.map(({ taxId, amount }) => ({
      taxId,
      amount: within(amount, amountOf(most, taxId)),
    })),
  };
}

/** The same taxes, and nothing of anything. */
export function nothing({ taxes }: Parts): Parts {
  return { platformFee: 0, taxes: taxes.map(({ taxId }) => ({ taxId, amount: 0 })) };
}

function combined(parts: Parts, other: Parts, sign: 1 | -1): Parts {
  return {
    platformFee: parts.platformFee + sign * other.platformFee,
    taxes: parts.taxes.map(({ taxId, amount }) => ({
      taxId,
      amount: amount + sign * amountOf(other, taxId),
    })),
  };
}

function amountOf({ taxes }: Parts, taxId: string): number {
  return sumOf(
    taxes.filter((tax) => tax.taxId === taxId),
    ({ amount }) => amount,
  );
}

function linesOf(quote: Quote, feesKept: boolean): LineParts[] {
  const absorbed = absorbedOf(quote);
  const taxes = quote.taxes.map((_, tax) => taxParts(quote, tax));
  return quote.lines.map((line, at): LineParts => {
    const its = taxes.map((parts) => parts[at] ?? 0);
    return {
      quantity: line.quantity,
      platformFee: feesKept ? 0 : line.fee + (absorbed[at] ?? 0),
      taxes: feesKept ? withoutFeeTax(quote, line, its) : its,
    };
  });
}

/** What each line bears of absorbed fees, as the trace has it. */
function absorbedOf({ lines, trace, absorbedFee }: Quote): readonly number[] {
  const steps = trace.filter(({ rule, parts }) => rule === 'absorbed_fee' && parts !== undefined);
  const parts = lines.map((_, at) => sumOf(steps, (step) => step.parts?.[at] ?? 0));
  return sumOf(parts, (part) => part) === absorbedFee
    ? parts
    : distribute(
        absorbedFee,
        lines.map(({ total }) => total),
      );
}

/** How one of the taxes lies on the lines, as the trace has it. */
function taxParts({ lines, trace, taxes }: Quote, tax: number): readonly number[] {
  const { taxId, amount } = taxes[tax] ?? { taxId: '', amount: 0 };
  const step = trace.find(
    ({ rule, source }) => (rule === 'tax_inside' || rule === 'tax_on_top') && source === taxId,
  );
  const parts = step?.parts ?? [];
  return sumOf(parts, (part) => part) === amount && parts.length === lines.length
    ? parts
    : distribute(
        amount,
        lines.map((line) => line.tax),
      );
}

/**
 * A line's taxes without those on its passed-on fees. On top of prices they are what
 * the fees are charged for more than they are; inside them, a share in proportion.
 */
function withoutFeeTax(
  { taxIncluded }: Quote,
  { fee, feeCharge = fee, tax, total }: QuoteLine,
  taxes: readonly number[],
): readonly number[] {
  if (taxIncluded) {
    if (total <= 0) return taxes;
    return taxes.map((amount) => distribute(amount, [total - feeCharge, feeCharge])[0] ?? 0);
  }
  const onFees = Math.min(tax, Math.max(0, feeCharge - fee));
  const shares = distribute(onFees, taxes);
  return taxes.map((amount, at) => amount - (shares[at] ?? 0));
}
