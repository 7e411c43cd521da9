import type { GiftCardRefundRecord } from '../../gift-cards/index.ts';
import { portion, sumOf } from '../../kernel/index.ts';
import type { RefundRecord } from '../../payments/index.ts';
import { type Quote, recomputeTotal } from '../../pricing/index.ts';
import type { OrderRefundRecord } from '../../refunds/index.ts';
import { findingOf, type LedgerFinding } from './finding.ts';
import type { PaidOrder } from './sale.ts';

/** What went back of an order. */
export interface WentBack {
  readonly refunds: readonly RefundRecord[];
  readonly toGiftCards: readonly GiftCardRefundRecord[];
  /** The refunds of the order itself, which say where each goes. */
  readonly given: readonly OrderRefundRecord[];
}

type Figure = number | string | null;
type Pair = readonly [what: string, expected: Figure, actual: Figure];

/**
 * Where the records of an order contradict each other, which the books can only
 * follow one of: its frozen price, what was paid for it, what went back.
 */
export function disagreements(sold: PaidOrder, back: WentBack): LedgerFinding[] {
  const { order } = sold;
  const pairs = [...refundedPairs(sold, back), ...partPairs(sold, back)];
  if (order.state === 'paid') {
    pairs.push(...quotePairs(order.quote), ...paidPairs(sold), ...resalePairs(sold));
  }
  return pairs
    .filter(([, expected, actual]) => expected !== actual)
    .map(([what, expected, actual]) =>
      findingOf({
        finding: 'records_disagree',
        kind: null,
        id: order.id,
        postingId: null,
        what,
        expected,
        actual,
      }),
    );
}

/** That each sum of a quote is that of its parts, and its trace comes to its total. */
function quotePairs(quote: Quote): Pair[] {
  const { lines, fees, taxes, discounts, codes, trace } = quote;
  const steps = (...rules: readonly string[]) =>
    sumOf(trace, ({ rule, output }) => (rules.includes(rule) ? output : 0));
  const of = (source: string) => sumOf(trace, (step) => (step.source === source ? step.output : 0));
  const base = (source: string) => trace.find((step) => step.source === source)?.input ?? 0;
  const inLines = (amount: (line: Quote['lines'][number]) => number) => sumOf(lines, amount);
  const byMode = (mode: string) => sumOf(fees, (own) => (own.mode === mode ? own.amount : 0));
  const isResale = trace.some(({ rule }) => rule === 'resale_price');
  const { total, unsound } = recomputeTotal(quote);
  return [
    ['steps of the price that do not follow', 0, unsound.length],
    ['quote.total', total, quote.total],
    ['quote.total of the lines', inLines((line) => line.total) + quote.rounding, quote.total],
    ['quote.subtotal', inLines(({ unitPrice, quantity }) => unitPrice * quantity), quote.subtotal],
    ['quote.discount', inLines(({ discount }) => discount), quote.discount],
    ['quote.fee', isResale ? steps('fee') : byMode('passed_on'), quote.fee],
    ['quote.fee of the lines', inLines(({ fee }) => fee), quote.fee],
    ['quote.absorbedFee', byMode('absorbed'), quote.absorbedFee],
    ['quote.tax', sumOf(taxes, ({ amount }) => amount), quote.tax],
    ['quote.tax of the lines', inLines(({ tax }) => tax), quote.tax],
    ['quote.rounding', steps('cash_rounding'), quote.rounding],
    ['quote.taxRelief', 0 - steps('tax_relief'), quote.taxRelief?.amount ?? 0],
    ...lines.map((line, at): Pair => {
      const { subtotal, discount, fee, tax, rounding = 0 } = line;
      const onTop = quote.taxIncluded ? 0 : tax;
      const sum = subtotal - discount + fee + onTop + rounding;
      return [`quote.lines[${at}].total`, sum, line.total];
    }),
    ...fees.map(({ feeId, amount }): Pair => [`quote.fees ${feeId}`, of(feeId), amount]),
    ...taxes.map(({ taxId, amount }): Pair => [`quote.taxes ${taxId}`, of(taxId), amount]),
    ...taxes.map(({ taxId, base: taken }): Pair => [`base of ${taxId}`, base(taxId), taken]),
    ...discounts.map(
      ({ discountId, amount }): Pair => [
        `quote.discounts ${discountId}`,
        0 - of(discountId),
        amount,
      ],
    ),
    ...codes.map(({ codeId, amount }): Pair => [`quote.codes ${codeId}`, 0 - of(codeId), amount]),
  ];
}

/** That what was paid is what it cost, through the provider and by each gift card. */
function paidPairs({ order, payments, uses }: PaidOrder): Pair[] {
  const { quote, total, credited, currency, giftCards } = order;
  const paidBy = (cardId: string) =>
    sumOf(uses, ({ giftCardId, amount }) => (giftCardId === cardId ? amount : 0));
  return [
    ['currency', quote.currency, currency],
    ['total', quote.total, total],
    ['credited', sumOf(uses, ({ amount }) => amount), credited],
    ...giftCards.map(
      ({ giftCardId, amount }): Pair => [`gift card ${giftCardId}`, paidBy(giftCardId), amount],
    ),
    ['what was paid', sumOf(payments, ({ amount }) => amount), total - credited],
    ...payments.map((paid): Pair => [`currency of ${paid.id}`, paid.currency, currency]),
  ];
}

/** That a resale cost what its listings asked, and the buyer's fee of their terms. */
function resalePairs({ order, listings }: PaidOrder): Pair[] {
  if (order.kind === 'primary') return [];
  const { lines, subtotal, fee } = order.quote;
  return [
    ['listings', listings.length, lines.length],
    ['listing', listings.find(({ id }) => id === order.listingId)?.id ?? 'none', order.listingId],
    ['price of the listings', sumOf(listings, ({ price }) => price), subtotal],
    ['buyer’s fee', sumOf(listings, ({ price, terms }) => portion(price, terms.buyerFee)), fee],
    ...listings.flatMap(({ id, currency, buyerOrderId }): Pair[] => [
      [`currency of ${id}`, currency, order.currency],
      [`buyer of ${id}`, buyerOrderId, order.id],
    ]),
  ];
}

/** That what it says went back did, and that each gift card's use knows of its own. */
function refundedPairs(
  { order, uses }: PaidOrder,
  { refunds, toGiftCards, given }: WentBack,
): Pair[] {
  const through = sumOf(refunds, ({ state, currency, amount }) =>
    // Money in another currency that came by mistake was never part of the order's.
    state === 'succeeded' && currency === order.currency ? amount : 0,
  );
  const toUse = (id: string) =>
    sumOf(toGiftCards, ({ useId, amount }) => (useId === id ? amount : 0));
  return [
    [
      'refunded',
      through + sumOf(toGiftCards, ({ amount }) => amount) + sumOf(given, ({ credit }) => credit),
      order.refunded,
    ],
    ['givenBack', sumOf(given, ({ amount }) => amount), order.givenBack],
    ...given.map(
      ({ id, means, amount }): Pair => [
        `means of ${id}`,
        sumOf(means, (own) => own.amount),
        amount,
      ],
    ),
    ...given
      .filter(({ lines }) => lines.length > 0)
      .map(
        ({ id, lines, amount }): Pair => [
          `lines of ${id}`,
          sumOf(lines, (own) => own.amount),
          amount,
        ],
      ),
    ...uses.map(({ id, refunded }): Pair => [`refunded of ${id}`, toUse(id), refunded]),
  ];
}

/**
 * That nobody gives back more of a first sale than they had of it, and all of that once all of
 * it is given back: the platform of its fees, the organizer of each tax.
 */
function partPairs({ order }: PaidOrder, { given }: WentBack): Pair[] {
  if (order.kind === 'resale' || given.length === 0) return [];
  const { fee, absorbedFee, taxes } = order.quote;
  // What a seller had back of a ticket that stays sold took nothing from anybody's part.
  const isOpen = given.some(({ kind }) => kind === 'resold');
  const isWhole = order.givenBack === order.total && order.total > 0 && !isOpen;
  const pair = (what: string, had: number, gave: number): Pair => [
    what,
    isWhole ? had : Math.min(had, gave),
    gave,
  ];
  const ofTax = (id: string) =>
    sumOf(given, (own) => sumOf(own.taxes, ({ taxId, amount }) => (taxId === id ? amount : 0)));
  const ids = given.flatMap((own) => own.taxes.map(({ taxId }) => taxId));
  const sold = new Map(taxes.map(({ taxId, amount }) => [taxId, amount]));
  return [
    pair(
      'fees given back',
      fee + absorbedFee,
      sumOf(given, ({ platformFee }) => platformFee),
    ),
    ...[...new Set([...sold.keys(), ...ids])].map((id) =>
      pair(`tax ${id} given back`, sold.get(id) ?? 0, ofTax(id)),
    ),
  ];
}
