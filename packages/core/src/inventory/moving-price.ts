import type { TicketTypeRecord } from '../events/index.ts';
import { type Instant, isRefusal, type ReadContext, type WriteContext } from '../kernel/index.ts';
import { type Demand, movesWithSales } from '../pricing/index.ts';
import type { Catalogue } from './catalogue.ts';
import type { MovingPrice } from './claim-seats.ts';
import { demandOf, tierTargets, watchedTargets } from './demand.ts';
import type { PricedItem } from './hold.ts';
import { Room } from './room.ts';
import {
  type PricedSelection,
  priceSelection,
  type SelectionOptions,
  type SelectionRefusal,
} from './selection.ts';
import { standing } from './standing.ts';
import type { Target } from './target.ts';

type Code = SelectionRefusal['code'] | 'sold_out';

/** A selection whose price is decided with its claim. */
export interface MovingSelection extends MovingPrice<Code> {
  /** As it was priced last. */
  selection(): PricedSelection;
}

/** The types among these items whose price depends on how much is sold. */
function movingTypes(
  { ticketTypes }: Pick<Catalogue, 'ticketTypes'>,
  items: readonly PricedItem[],
): TicketTypeRecord[] {
  const types = new Set(items.map(({ ticketTypeId }) => ticketTypes.get(ticketTypeId)));
  return [...types].filter((type) => type !== undefined).filter(movesWithSales);
}

/** The targets that the price of these types depends on. */
export function watchesOf(types: readonly TicketTypeRecord[]): Target[] {
  const tiers = tierTargets(types);
  const opened = new Set(tiers.map(({ targetId }) => targetId));
  const others = watchedTargets(types).filter((targetId) => !opened.has(targetId));
  return [...tiers, ...others.map((targetId) => ({ targetId, units: 0 }))];
}

/** Prices a selection in its turn, under the locks of what its price depends on. */
export function movingSelection(
  catalogue: Catalogue,
  items: readonly PricedItem[],
  codes: readonly string[],
  now: Instant,
  options: SelectionOptions & { readonly first: PricedSelection },
): MovingSelection | undefined {
  const moving = movingTypes(catalogue, items);
  if (moving.length === 0) return undefined;
  let latest = options.first;
  // Whatever the price comes to, these are taken; only how much of a tier is another question.
  const taken = options.first.targets.map((target) => ({ ...target, units: 0 }));
  return {
    watches: [...watchesOf(moving), ...taken],
    price(room) {
      const demand = demandOf(catalogue.ticketTypes, (targetId) => room.takenOf(targetId));
      const priced = priceSelection(catalogue, items, codes, now, { ...options, demand });
      if (isRefusal(priced)) return priced;
      latest = priced;
      return priced.targets;
    },
    latest: () => latest.targets,
    selection: () => latest,
  };
}

/** The sales so far of what these items cost, as anybody sees them: without a lock. */
export async function demandNow(
  context: Pick<ReadContext, 'tx' | 'now'>,
  catalogue: Catalogue,
  items: readonly PricedItem[],
): Promise<Demand | undefined> {
  const moving = movingTypes(catalogue, items);
  if (moving.length === 0) return undefined;
  const stand = await standing(context, catalogue.event.id, watchedTargets(moving));
  return demandOf(catalogue.ticketTypes, (targetId) => {
    const counter = stand.counter(targetId);
    if (counter === undefined) return undefined;
    return { taken: counter.claimed - stand.lapsed(targetId), capacity: counter.capacity };
  });
}

/**
 * The same under locks, what lapsed taken back: it stays until the transaction
 * ends. `others` are the targets that the caller is going to claim or give back:
 * all are locked here at once, in their one ascending order.
 */
export async function demandLocked(
  { tx, now }: Pick<WriteContext, 'tx' | 'now'>,
  catalogue: Catalogue,
  items: readonly PricedItem[],
  others: readonly Target[],
): Promise<Demand | undefined> {
  const moving = movingTypes(catalogue, items);
  if (moving.length === 0) return undefined;
  const watches = [...watchesOf(moving), ...others];
  const eventId = catalogue.event.id;
  const targetIds = [...new Set(watches.map(({ targetId }) => targetId))].sort();
  await tx.inventory.ensureCounters(watches.flatMap(({ opens }) => opens ?? []));
  const counters = await tx.inventory.lockCounters(eventId, targetIds);
  const freed = await tx.inventory.takeBackLapsed(eventId, targetIds, now);
  const room = new Room(counters, freed);
  return demandOf(catalogue.ticketTypes, (targetId) => room.takenOf(targetId));
}
