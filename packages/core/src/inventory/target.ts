import type { Refusal } from '../kernel/index.ts';
import { codeKey, codeNotValid, type Quote } from '../pricing/index.ts';
import type { Catalogue } from './catalogue.ts';
import type { CounterRecord, Units } from './counter.ts';
import type { TypeCount } from './hold.ts';
import { type BuyerLimit, buyerTargets, typeTargets } from './limits.ts';
import { soldOut } from './refusals.ts';
import type { Shortage } from './room.ts';

/** Units of something that can be claimed. */
export interface Target extends Units {
  /**
   * The counter to open when it is not there yet. Its capacity is what the
   * catalogue says now, and a counter that is there follows it.
   */
  readonly opens?: CounterRecord;
}

/** What the shortage of a target may be refused with. */
type ShortCode = 'sold_out' | 'code_not_valid' | 'limit_exceeded';

/** A target of a selection, with what to say when it is short. */
export interface SelectionTarget<Code extends string = ShortCode> extends Target {
  readonly short: (shortage: Shortage) => Refusal<Code>;
}

/** A selection and who buys it. */
interface Selected {
  readonly items: readonly TypeCount[];
  readonly quote: Quote;
  readonly limits: readonly BuyerLimit[];
  /** Null: nobody knows yet. */
  readonly buyerKey: string | null;
}

/**
 * Everything that a selection takes: units of pools, a use of each code, and its
 * share of the limits. What comes to be claimed besides has its line here, and
 * is then held, extended, changed, released and paid like the rest.
 */
export function targetsOf(
  { event, ticketTypes }: Pick<Catalogue, 'event' | 'ticketTypes'>,
  { items, quote, limits, buyerKey }: Selected,
): SelectionTarget[] {
  const place = { organizerId: event.organizerId, eventId: event.id };
  return [
    ...poolTargets(ticketTypes, items),
    ...codeTargets(quote),
    ...typeTargets(ticketTypes, items),
    ...(buyerKey === null ? [] : buyerTargets(place, limits, buyerKey)),
  ];
}

function poolTargets(
  ticketTypes: Catalogue['ticketTypes'],
  items: readonly TypeCount[],
): SelectionTarget[] {
  return items.flatMap(({ ticketTypeId, quantity }) =>
    (ticketTypes.get(ticketTypeId)?.draws ?? []).map(({ poolId, units }) => ({
      targetId: poolId,
      units: units * quantity,
      short: ({ available, requested }) => soldOut({ poolId, available, requested }),
    })),
  );
}

function codeTargets({ codes }: Quote): SelectionTarget[] {
  return codes.map(({ codeId, code }) => ({
    targetId: codeId,
    units: 1,
    // A spent code reads like a wrong one to whoever guesses.
    short: () => codeNotValid({ code: codeKey(code) }),
  }));
}

/** What to tell whoever asked for these targets, when one of them is short. */
export function shortageRefusal<Code extends string>(
  targets: readonly SelectionTarget<Code>[],
  shortage: Shortage,
): Refusal<Code> {
  const target = targets.find(({ targetId }) => targetId === shortage.targetId);
  if (target === undefined) throw new Error(`Nobody asked for ${shortage.targetId}.`);
  return target.short(shortage);
}
