import * as z from 'zod';
import { given, type Instant, InstantInput, idOf } from '../kernel/index.ts';

const rules = {
  allowed: z.boolean().meta({ description: 'Whether holders may pass tickets on.' }),
  opensAt: InstantInput.nullable(),
  closesAt: InstantInput.nullable().meta({
    description: 'From when on nothing changes hands any more; null: until the event has ended.',
  }),
  answersRequired: z.boolean().meta({
    description: 'Whether the required questions have to be answered when a ticket is accepted.',
  }),
  nameChangeUntil: InstantInput.nullable().meta({
    description: 'Until when holders may change who comes; null: until somebody has come in.',
  }),
  nameChanges: z.int().min(0).max(1000).nullable().meta({
    description: 'How often a holder may change the name of who comes; null: as they like.',
  }),
  reissuesADay: z.int().min(0).max(100).meta({
    description: 'How many new codes a place is given in 24 hours when its holder asks.',
  }),
};

/** What of the rules is different for one ticket type. */
const TypeTerms = z.strictObject({
  ticketTypeId: idOf('typ'),
  allowed: rules.allowed.optional(),
  opensAt: rules.opensAt.optional(),
  closesAt: rules.closesAt.optional(),
  answersRequired: rules.answersRequired.optional(),
  nameChangeUntil: rules.nameChangeUntil.optional(),
  nameChanges: rules.nameChanges.optional(),
  reissuesADay: rules.reissuesADay.optional(),
});

/** The rules under which tickets are passed on, renamed and given new codes, as data. */
export const TransferTerms = z.strictObject({
  allowed: rules.allowed.default(true),
  opensAt: rules.opensAt.default(null),
  closesAt: rules.closesAt.default(null),
  answersRequired: rules.answersRequired.default(false),
  nameChangeUntil: rules.nameChangeUntil.default(null),
  nameChanges: rules.nameChanges.default(null),
  reissuesADay: rules.reissuesADay.default(3),
  ticketTypes: z
    .array(TypeTerms)
    .max(200)
    .refine((types) => new Set(types.map((type) => type.ticketTypeId)).size === types.length, {
      error: 'Name each ticket type once.',
    })
    .default([])
    .meta({ description: 'What is different for a ticket type; what is left out is as above.' }),
});
export type TransferTerms = z.output<typeof TransferTerms>;

/** The rules of one ticket. */
export type TicketTerms = Omit<TransferTerms, 'ticketTypes'>;

export const TransferPolicy = TransferTerms.extend({ eventId: idOf('evt') })
  .strip()
  .meta({
    id: 'TransferPolicy',
    description: 'The rules under which tickets are passed on, renamed and given new codes.',
  });
export type TransferPolicy = z.output<typeof TransferPolicy>;

export interface TransferPolicyRecord {
  /** The event's id. */
  readonly id: string;
  readonly organizerId: string;
  readonly terms: TransferTerms;
  readonly revision: number;
}

/** Where no policy was set, tickets are passed on until the event has ended. */
export const defaultTerms: TransferTerms = TransferTerms.parse({});

/** The rules of a ticket type: those of the event, but for what is different for the type. */
export function termsOfType(terms: TransferTerms, ticketTypeId: string): TicketTerms {
  const { ticketTypes, ...ofEvent } = terms;
  const { ticketTypeId: _id, ...own } =
    ticketTypes.find((type) => type.ticketTypeId === ticketTypeId) ?? {};
  return { ...ofEvent, ...given(own) };
}

/** Whether tickets may change hands at this instant. */
export function windowOpen({ opensAt, closesAt }: TicketTerms, now: Instant): boolean {
  return (opensAt === null || opensAt <= now) && (closesAt === null || now < closesAt);
}
