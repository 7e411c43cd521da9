import type { Refusal } from '../kernel/index.ts';
import { codeKey, codeNotValid, type Quote } from '../pricing/index.ts';
import type { Catalogue } from './catalogue.ts';
import type { Content } from './contents.ts';
import type { CounterRecord, Units } from './counter.ts';
import { tierTarget } from './demand.ts';
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
  readonly contents: readonly Content[];
  readonly quote: Quote;
  readonly limits: readonly BuyerLimit[];
  /** Null: nobody knows yet. */
  readonly buyerKey: string | null;
}

/**
 * Everything that a selection takes: units of pools or of what a code set aside,
 * sales of a tier, a use of each code, and its share of the limits. What comes to
 * be claimed besides has its line here, and is then held, extended, changed,
 * released and paid like the rest.
 */
export function targetsOf(
  { event, ticketTypes }: Pick<Catalogue, 'event' | 'ticketTypes'>,
  { contents, quote, limits, buyerKey }: Selected,
): SelectionTarget[] {
  const place = { organizerId: event.organizerId, eventId: event.id };
  return [
    ...placeTargets(contents, reservesOf(quote)),
    ...soldTiers(ticketTypes, quote),
    ...codeTargets(quote),
    ...typeTargets(contents),
    ...(buyerKey === null ? [] : buyerTargets(place, limits, buyerKey)),
  ];
}

/** Units of pools; of a type that a code sets places aside for, units of those. */
function placeTargets(
  contents: readonly Content[],
  reserves: ReadonlyMap<string, string>,
): SelectionTarget[] {
  return contents.flatMap(({ type, quantity, counted }) => {
    const codeId = reserves.get(type.id);
    if (codeId !== undefined) {
      const targetId = reserveTarget(codeId);
      return [{ targetId, units: counted, short: shortOf(targetId) }];
    }
    return type.draws.map(({ poolId, units }) => ({
      targetId: poolId,
      units: units * quantity,
      short: shortOf(poolId),
    }));
  });
}

function shortOf(poolId: string): SelectionTarget['short'] {
  return ({ available, requested, waiting }) =>
    soldOut({ poolId, available, requested, ...(waiting && { waiting }) });
}

/** The codes of a selection that set places aside, by the type that they are for. */
export function reservesOf({ codes }: Pick<Quote, 'codes'>): ReadonlyMap<string, string> {
  return new Map(
    codes.flatMap(({ codeId, reserves }) => (reserves === undefined ? [] : [[reserves, codeId]])),
  );
}

/**
 * What the places that a code sets aside are claimed on, by who has it: in tickets,
 * since the tickets of a group may be given back one by one.
 */
export function reserveTarget(codeId: string): string {
  return `${codeId}.reserve`;
}

/** Sales at the price of a tier that sells so many only. */
function soldTiers(ticketTypes: Catalogue['ticketTypes'], { lines }: Quote): SelectionTarget[] {
  return lines.flatMap(({ ticketTypeId, tier, quantity }) => {
    const type = ticketTypes.get(ticketTypeId);
    const own = type?.terms.tiers.find(({ id }) => id === tier?.id);
    if (type === undefined || own === undefined || own.quantity === null) return [];
    const target = tierTarget(type, { id: own.id, quantity: own.quantity }, quantity);
    return [{ ...target, short: shortOf(own.id) }];
  });
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
