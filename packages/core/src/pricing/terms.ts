import * as z from 'zod';
import { Amount, Instant, idOf, Percent, SignedPercent } from '../kernel/index.ts';

/** A name that no other of its kind has. */
const Name = z.string().trim().min(1).max(100);
const TypeIds = z.array(idOf('typ')).min(1).max(200);

/** A price for the first buyers: until an instant, until so many are sold, whichever is first. */
export const Tier = z
  .object({
    id: idOf('tir'),
    name: Name,
    price: Amount,
    until: Instant.nullable().meta({ description: 'It ends then; null: it has no date.' }),
    quantity: z
      .int()
      .min(1)
      .max(1_000_000_000)
      .nullable()
      .meta({ description: 'Sales of the type at this price, held ones included; null: any.' }),
  })
  .meta({
    id: 'Tier',
    description: 'A price that is replaced by the next one, or the list price.',
  });
export type Tier = z.output<typeof Tier>;

/** The buyer names the amount: pay what you want, or give what you want. */
const OwnPrice = z
  .strictObject({
    min: Amount.default(0),
    suggested: Amount.nullable().default(null),
    max: Amount.nullable().default(null),
  })
  .refine(({ min, suggested, max }) => max === null || (min <= max && (suggested ?? min) <= max), {
    path: ['max'],
    message: '`max` is not below `min` or `suggested`.',
  })
  .refine(({ min, suggested }) => suggested === null || min <= suggested, {
    path: ['suggested'],
    message: '`suggested` is not below `min`.',
  })
  .meta({ id: 'OwnPrice', description: 'What a buyer may choose to pay for one, in minor units.' });
type OwnPrice = z.output<typeof OwnPrice>;

/** What a step makes of a price. */
export const PriceChange = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('percent'), percent: SignedPercent }),
  z.strictObject({ type: z.literal('amount'), amount: z.int().min(-1e12).max(1e12) }),
  z.strictObject({ type: z.literal('price'), price: Amount }),
]);
export type PriceChange = z.output<typeof PriceChange>;

const Bounds = {
  floor: Amount.meta({ description: 'The price never falls below it.' }),
  ceiling: Amount.meta({ description: 'The price never rises above it.' }),
  demand: z
    .array(
      z.strictObject({
        soldShare: Percent.meta({
          description: 'From this share of the places on, sold and held ones together.',
        }),
        change: PriceChange,
      }),
    )
    .max(20)
    .default([])
    .meta({ description: 'The step with the highest share that is reached applies.' }),
};

/** Steps by demand and by time, within what the organizer allows. */
export const Dynamic = z.object({
  ...Bounds,
  time: z
    .array(z.object({ from: Instant, change: PriceChange }))
    .max(20)
    .meta({ description: 'The last step that has begun applies, after the demand.' }),
});
export type Dynamic = z.output<typeof Dynamic>;

/** What a bundle holds of another type. */
const Part = z.strictObject({
  ticketTypeId: idOf('typ'),
  quantity: z.int().min(1).max(100).default(1),
});
type Part = z.output<typeof Part>;

/** What is sold only beside something else. */
const Requires = z.strictObject({
  ticketTypeIds: TypeIds.meta({ description: 'Any of these counts as the parent.' }),
  perParent: z.int().min(1).max(100).default(1),
});
type Requires = z.output<typeof Requires>;

export const TaxClass = z
  .string()
  .regex(/^[a-z0-9][a-z0-9_-]{0,31}$/, {
    error: 'A tax class has small letters, digits, - and _ only, such as "reduced".',
  })
  .meta({ description: 'Which of the organizer’s tax rates apply.', examples: ['standard'] });

/**
 * What is sold: a `ticket` admits, a `product` does not (a drink, a T-shirt),
 * and a `donation` is neither discounted nor bears a fee.
 */
export const TypeKind = z.enum(['ticket', 'product', 'donation']);
export type TypeKind = z.output<typeof TypeKind>;

/** The terms of a ticket type besides its list price, as the SDK shows them. */
export const termFields = {
  kind: TypeKind,
  admissions: z.int().meta({ description: 'Tickets that one of it makes; 0: none.' }),
  hidden: z
    .boolean()
    .meta({ description: 'Sold only to who names a code that unlocks it, and not listed.' }),
  taxClass: TaxClass,
  tiers: z.array(Tier).meta({ description: 'In order; after the last one the list price.' }),
  ownPrice: OwnPrice.nullable().meta({ description: 'null: the price is not the buyer’s.' }),
  dynamic: Dynamic.nullable().meta({ description: 'null: the price does not move.' }),
  requires: Requires.nullable().meta({ description: 'What it is an add-on to; null: nothing.' }),
  parts: z
    .array(Part)
    .nullable()
    .meta({ description: 'What a bundle holds; null: it is no bundle.' }),
};

/** The terms as they are kept. */
export interface TypeTerms {
  readonly kind: TypeKind;
  readonly admissions: number;
  readonly hidden: boolean;
  readonly taxClass: string;
  readonly tiers: readonly Tier[];
  readonly ownPrice: OwnPrice | null;
  readonly dynamic: Dynamic | null;
  readonly requires: Requires | null;
  readonly parts: readonly Part[] | null;
}

/** What most types are: tickets for one, at the list price. */
export const plainTerms: TypeTerms = {
  kind: 'ticket',
  admissions: 1,
  hidden: false,
  taxClass: 'standard',
  tiers: [],
  ownPrice: null,
  dynamic: null,
  requires: null,
  parts: null,
};

/** A time as organizers write it; it is read in the event's time zone. */
type TimeSchema = z.ZodType<string, string>;

/** The terms as organizers write them: times are local, tiers have no ids yet. */
export function termInputs(Time: TimeSchema) {
  return {
    kind: TypeKind,
    admissions: z.int().min(1).max(100).meta({
      description: 'Tickets that one of it makes: 4 for a group of four. Of a `ticket` only.',
    }),
    hidden: z.boolean(),
    taxClass: TaxClass,
    tiers: z
      .array(
        Tier.omit({ id: true, until: true })
          .extend({
            until: Time.nullable().default(null),
            quantity: Tier.shape.quantity.default(null),
          })
          .strict(),
      )
      .max(20)
      .refine((tiers) => new Set(tiers.map(({ name }) => name)).size === tiers.length, {
        message: 'Two tiers have the same name.',
      }),
    ownPrice: OwnPrice.nullable(),
    dynamic: z
      .strictObject({
        ...Bounds,
        time: z
          .array(z.strictObject({ from: Time, change: PriceChange }))
          .max(20)
          .default([]),
      })
      .refine(({ floor, ceiling }) => floor <= ceiling, {
        path: ['ceiling'],
        message: '`ceiling` is not below `floor`.',
      })
      .nullable(),
    requires: Requires.nullable(),
    parts: z.array(Part).min(1).max(20).nullable(),
  };
}
