import type { EventRecord, SessionRecord } from '../events/index.ts';
import { type Instant, sumOf } from '../kernel/index.ts';
import { amountDue, type Billing, type OrderRecord } from '../orders/index.ts';
import type { Quote, QuoteLine } from '../pricing/index.ts';
import type { Document, DocumentLine } from './document.ts';
import type { IssuerRecord } from './issuer.ts';

/** What an invoice is made out of. */
export interface Invoiced {
  readonly order: OrderRecord;
  /** What replaces the billing details of the order. */
  readonly billing: Billing | null;
  readonly issuer: IssuerRecord;
  readonly event: Pick<EventRecord, 'name' | 'venue'>;
  /** Those that the order's tickets are for. */
  readonly sessions: readonly Pick<SessionRecord, 'startsAt' | 'endsAt'>[];
}

/** Directive 2006/112/EC, article 226 (11a), asks for “Reverse charge”. */
export const REVERSE_CHARGE = 'Reverse charge: VAT to be accounted for by the recipient';

/** What the invoice of an order says: every amount is one of the order's quote. */
export function contentsOf({ order, billing, issuer, event, sessions }: Invoiced): Document {
  const { quote } = order;
  const { discounts, codes, fees, taxes, taxIncluded, taxRelief } = quote;
  const due = order.state === 'paid' ? 0 : amountDue(order);
  return {
    seller: {
      legalName: issuer.legalName,
      address: shown(issuer.address),
      taxIds: issuer.taxIds,
      email: issuer.email,
      bankDetails: issuer.bankDetails,
      paymentTerms: issuer.paymentTerms,
      footer: issuer.footer,
      timezone: issuer.timezone,
    },
    buyer: {
      company: billing?.company ?? null,
      name: billing?.name ?? order.buyerName,
      address: shown(billing ?? { lines: [] }),
      email: order.buyerEmail,
      taxId: pricedForTaxId(quote) ?? billing?.taxId ?? null,
    },
    event: { name: event.name, venue: event.venue, ...spanOf(sessions) },
    lines: quote.lines.map((line, at) => lineOf(quote, line, at)),
    discounts: [
      ...discounts.map(({ name, amount }) => ({ kind: 'discount' as const, name, amount })),
      ...codes.map(({ code, amount }) => ({ kind: 'code' as const, name: code, amount })),
    ].filter(({ amount }) => amount !== 0),
    fees: fees.flatMap(({ name, amount, mode }) =>
      mode === 'passed_on' && amount !== 0 ? [{ name, amount }] : [],
    ),
    taxes,
    taxIncluded,
    taxRelief:
      taxRelief === undefined
        ? null
        : { reason: taxRelief.reason, note: taxRelief.note, text: reliefText(taxRelief) },
    net: sumOf(quote.lines, ({ total, tax }) => total - tax),
    tax: quote.tax,
    rounding: quote.rounding,
    total: order.total,
    paidByGiftCards: order.credited,
    paid: amountDue(order) - due,
    due,
    paidAt: order.paidAt,
    dueAt: order.state === 'paid' ? null : order.expiresAt,
  };
}

/** The tax id that took the tax out of a price; undefined where none did. */
export function pricedForTaxId({ taxRelief }: Pick<Quote, 'taxRelief'>): string | undefined {
  return taxRelief?.reason === 'reverse_charge' ? taxRelief.note : undefined;
}

function reliefText({ reason, note }: NonNullable<Quote['taxRelief']>): string {
  return reason === 'reverse_charge' ? `${REVERSE_CHARGE}.` : `Exempt from tax: ${note}.`;
}

function lineOf(quote: Quote, line: QuoteLine, at: number): DocumentLine {
  const { ticketTypeId, quantity, unitPrice, discount, fee, tax, total } = line;
  return {
    line: at,
    ticketTypeId,
    description: descriptionOf(line),
    quantity,
    unitPrice,
    discount,
    fee,
    net: total - tax,
    tax,
    gross: total,
    taxes: taxesOfLine(quote, at),
  };
}

function descriptionOf({ name, tier, seats = [] }: QuoteLine): string {
  const priced = tier === undefined ? name : `${name} (${tier.name})`;
  return seats.length === 0 ? priced : `${priced}: ${seats.join(', ')}`;
}

/** The taxes of a line, each by itself, as the steps of the price have them. */
function taxesOfLine({ trace, taxRelief }: Quote, at: number): DocumentLine['taxes'] {
  if (taxRelief !== undefined) return [];
  return trace.flatMap(({ rule, source, parts }) => {
    const amount = parts?.[at] ?? 0;
    const isTax = rule === 'tax_inside' || rule === 'tax_on_top';
    return isTax && source !== null && amount !== 0 ? [{ taxId: source, amount }] : [];
  });
}

function spanOf(sessions: Invoiced['sessions']): {
  startsAt: Instant | null;
  endsAt: Instant | null;
} {
  const starts = sessions.map(({ startsAt }) => startsAt).sort();
  const ends = sessions.map(({ endsAt }) => endsAt).sort();
  return { startsAt: starts[0] ?? null, endsAt: ends.at(-1) ?? null };
}

function shown({
  lines,
  postcode,
  city,
  country,
}: Pick<Billing, 'lines' | 'postcode' | 'city' | 'country'>) {
  return { lines, postcode: postcode ?? null, city: city ?? null, country: country ?? null };
}
