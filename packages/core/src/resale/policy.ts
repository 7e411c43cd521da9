import * as z from 'zod';
import { Amount, given, idOf, Percent } from '../kernel/index.ts';
import { ClosesAt, OpensAt } from './window.ts';

/** No more than 100 %. */
const UP_TO_ALL = /^(100(\.0+)?|\d{1,2}(\.\d+)?)$/;

const most = z.int().min(1).max(1_000_000).nullable();

/**
 * What the organizer has of a resale:
 * - `fees`: a part of both fees, of which the platform has the rest
 * - `markup`: a part of what is asked above what the holder paid, which the seller leaves
 */
const OrganizerShare = z.strictObject({
  of: z.enum(['fees', 'markup']),
  percent: Percent.regex(UP_TO_ALL, { error: 'Expected a percentage up to 100.' }),
});

/** How the seller has their money; docs/resale.md says what follows from each. */
const Settlement = z.enum(['refund_and_rebuy', 'payout_after_event']);

/** The rules under which holders may resell, as data. A listing keeps the ones it was made under. */
export const ResaleTerms = z.strictObject({
  allowed: z.boolean().meta({ description: 'Whether holders may list.' }),
  cap: Percent.nullable().meta({
    description: 'Most that may be asked, in percent of what `capOf` says; null: no such cap.',
  }),
  capOf: z.enum(['paid', 'first_sale']).meta({
    description:
      'What percentages are of: `paid`, what the holder paid; `first_sale`, what the place was first sold for, however often it was resold.',
  }),
  capAmount: Amount.nullable().meta({
    description: 'Most that may be asked, in minor units; with `cap` the lower one counts.',
  }),
  floor: Percent.meta({ description: 'Least that may be asked, in percent of the same.' }),
  floorAmount: Amount.meta({
    description: 'Least that may be asked, in minor units; with `floor` the higher one counts.',
  }),
  feesIncluded: z.boolean().meta({
    description: 'Whether the fees that were paid on top of the price count too.',
  }),
  sellerFee: Percent.meta({ description: 'Percent of the price that the seller leaves.' }),
  buyerFee: Percent.meta({ description: 'Percent of the price that the buyer pays on top.' }),
  organizerShare: OrganizerShare.nullable().meta({
    description:
      'What the organizer has: percent of both fees, or of what is asked above what was paid. Null: nothing.',
  }),
  opensAt: OpensAt.nullable().meta({
    description:
      'From when tickets may be listed: an instant, `on_sale`, or `7d before start` of their first session.',
  }),
  closesAt: ClosesAt.nullable().meta({
    description: 'Until when: an instant, or `2h before doors`. Open listings expire then.',
  }),
  maxOpen: most.meta({
    description: 'Tickets that one seller may offer at the same time; null: any number.',
  }),
  maxInAll: most.meta({
    description: 'Tickets of the event that one seller may offer or have sold; null: any number.',
  }),
  minHeldMinutes: z.int().min(0).max(5_256_000).meta({
    description: 'How long a ticket must have been its holder’s.',
  }),
  primaryFirst: z.boolean().meta({
    description: 'Whether only tickets of types that the organizer has none left of may be listed.',
  }),
  settlement: Settlement.meta({
    description:
      '`refund_and_rebuy`: the seller is refunded at once, out of what the buyer paid. `payout_after_event`: it is paid out when the event is over.',
  }),
});
export type ResaleTerms = z.output<typeof ResaleTerms>;

/** Terms of which some are given. */
export const SomeTerms = ResaleTerms.partial();
export type SomeTerms = z.output<typeof SomeTerms>;

/** What holds where an organizer says nothing else: face value, no fees, no limits. */
const plainTerms: ResaleTerms = {
  allowed: true,
  cap: '100',
  capOf: 'paid',
  capAmount: null,
  floor: '0',
  floorAmount: 0,
  feesIncluded: false,
  sellerFee: '0',
  buyerFee: '0',
  organizerShare: null,
  opensAt: null,
  closesAt: null,
  maxOpen: null,
  maxInAll: null,
  minHeldMinutes: 0,
  primaryFirst: false,
  settlement: 'payout_after_event',
};

/** Complete terms out of some of them; the last that says something of a field counts. */
export function termsFrom(...some: readonly SomeTerms[]): ResaleTerms {
  const terms: ResaleTerms = { ...plainTerms };
  for (const own of some) Object.assign(terms, given(own));
  return terms;
}

/** Terms of one ticket type, beside those of its event. */
const TypeTerms = SomeTerms.extend({ ticketTypeId: idOf('typ') });

export const TypesTerms = z
  .array(TypeTerms)
  .max(200)
  .refine((types) => new Set(types.map(({ ticketTypeId }) => ticketTypeId)).size === types.length, {
    error: 'Name each ticket type once.',
  })
  .meta({ description: 'What is different for the tickets of some types.' });

export const ResalePolicy = ResaleTerms.extend({
  eventId: idOf('evt'),
  preset: z.string().nullable().meta({ description: 'The preset that it began with, if any.' }),
  ticketTypes: TypesTerms,
})
  .strip()
  .meta({ id: 'ResalePolicy', description: 'The rules under which holders may resell.' });

export interface ResalePolicyRecord {
  /** The event's id. */
  readonly id: string;
  readonly organizerId: string;
  readonly preset: string | null;
  readonly terms: ResaleTerms;
  readonly ticketTypes: readonly z.output<typeof TypeTerms>[];
  readonly revision: number;
}

/** The terms of a ticket type. An organizer who has set no policy has not allowed resale. */
export function termsOfType(
  policy: Pick<ResalePolicyRecord, 'terms' | 'ticketTypes'> | undefined,
  ticketTypeId: string,
): ResaleTerms {
  if (policy === undefined) return termsFrom({ allowed: false });
  const own = policy.ticketTypes.find((type) => type.ticketTypeId === ticketTypeId);
  if (own === undefined) return policy.terms;
  const { ticketTypeId: _type, ...terms } = own;
  return termsFrom(policy.terms, terms);
}
