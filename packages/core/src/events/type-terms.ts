import type * as z from 'zod';
import { given, type Ids, isRefusal } from '../kernel/index.ts';
import { plainTerms, type Tier, type TypeTerms, termInputs } from '../pricing/index.ts';
import { instantOf, TimeInput } from './local-time.ts';
import type { TicketTypeRecord } from './ticket-type.ts';

/** The terms as organizers write them. */
export const TermInputs = termInputs(TimeInput);

type Written = {
  readonly [Field in keyof typeof TermInputs]?: z.output<(typeof TermInputs)[Field]> | undefined;
};

/**
 * The terms that an organizer writes over those that were: what is left out
 * stays. Times are read in the event's zone; a tier keeps its id, and so what was
 * sold of it, as long as it keeps its name.
 */
export async function writtenTerms(
  { tiers, dynamic, ...written }: Written,
  { timezone, ids, was = plainTerms }: { timezone: string; ids: Ids; was?: TypeTerms },
) {
  const known = new Map(was.tiers.map((tier) => [tier.name, tier.id]));
  const nextTiers: Tier[] = [];
  for (const tier of tiers ?? []) {
    const until = tier.until === null ? null : await instantOf(tier.until, timezone);
    if (isRefusal(until)) return until;
    nextTiers.push({ ...tier, until, id: known.get(tier.name) ?? ids.next('tir') });
  }
  const time: {
    from: string;
    change: NonNullable<TypeTerms['dynamic']>['time'][number]['change'];
  }[] = [];
  for (const step of dynamic?.time ?? []) {
    const from = await instantOf(step.from, timezone);
    if (isRefusal(from)) return from;
    time.push({ ...step, from });
  }
  const next: TypeTerms = {
    ...was,
    ...given(written),
    tiers: tiers === undefined ? was.tiers : nextTiers,
    dynamic: dynamic === undefined ? was.dynamic : dynamic === null ? null : { ...dynamic, time },
  };
  return next.kind === 'ticket' ? next : { ...next, admissions: 0 };
}

/** What of a type's terms does not go together, by field; none: all does. */
export function termProblems({
  kind = 'ticket',
  admissions = 1,
  parts = null,
  tiers = [],
  ownPrice = null,
  dynamic = null,
  seating = null,
  draws = [],
  maxPerOrder,
}: Written &
  Partial<Pick<TicketTypeRecord, 'seating' | 'maxPerOrder'>> & {
    draws?: readonly { readonly units?: number | undefined }[];
  }): {
  path: string;
  message: string;
}[] {
  const problems: { path: string; message: string }[] = [];
  const say = (path: string, message: string) => problems.push({ path, message });
  if (kind === 'ticket' && parts === null && draws.length === 0 && seating === null) {
    say('draws', 'A type without seats draws on a pool.');
  }
  if (kind !== 'ticket' && admissions !== 1) say('admissions', `A ${kind} admits nobody.`);
  if (draws.some(({ units = admissions }) => units % admissions !== 0)) {
    say('draws', `A group of ${admissions} takes a multiple of ${admissions} units.`);
  }
  if (maxPerOrder !== undefined && admissions > maxPerOrder) {
    say('maxPerOrder', `A group of ${admissions} is more than one order may have.`);
  }
  if (parts !== null && draws.length > 0) say('draws', 'A bundle draws on the pools of its parts.');
  if (parts !== null && (kind !== 'ticket' || admissions !== 1)) {
    say('parts', 'A bundle admits by its parts: leave `kind` and `admissions` out.');
  }
  if (seating !== null && (kind !== 'ticket' || admissions !== 1 || parts !== null)) {
    say('seating', 'A seated type is a ticket for one, and no bundle.');
  }
  if (ownPrice !== null && (tiers.length > 0 || dynamic !== null)) {
    say('ownPrice', 'The buyer’s own price goes with neither tiers nor steps.');
  }
  return problems;
}
