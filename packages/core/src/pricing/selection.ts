import type { TraceRule } from './quote-schema.ts';
import type { TypeKind } from './terms.ts';

/** A change of the unit price by a rule, for the trace. */
export interface Adjustment {
  readonly rule: Extract<TraceRule, 'demand_step' | 'time_step' | 'price_bound'>;
  readonly input: number;
  readonly output: number;
  readonly terms: Readonly<Record<string, string | number>>;
}

/** What one unit of a bundle holds. */
export interface SelectionPart {
  readonly ticketTypeId: string;
  readonly name: string;
  /** Of the part in one bundle. */
  readonly quantity: number;
  /** Tickets that one of the part makes. */
  readonly admissions: number;
  readonly taxClass: string;
  /** What the bundle's price is shared by: the part's list price times its quantity. */
  readonly weight: number;
}

/** What a price belongs to: which type, of what kind, with what in it. */
export interface SelectionType {
  readonly ticketTypeId: string;
  readonly name: string;
  readonly kind: TypeKind;
  readonly taxClass: string;
  /** Tickets that one of it makes. */
  readonly admissions: number;
  /** What a bundle holds; null: it is no bundle. */
  readonly parts: readonly SelectionPart[] | null;
}

/** Units of a type at one price, and where that price comes from. */
export interface UnitPrice {
  readonly unitPrice: number;
  readonly quantity: number;
  readonly rule: Extract<
    TraceRule,
    'list_price' | 'tier_price' | 'own_price' | 'kept_price' | 'resale_price'
  >;
  /** The id of the type, the tier or the listing. */
  readonly source: string;
  readonly tier: { readonly id: string; readonly name: string } | null;
  readonly adjustments: readonly Adjustment[];
}

/** What a buyer wants: so many of a type, at its price now. */
export interface Selection extends SelectionType, UnitPrice {}
