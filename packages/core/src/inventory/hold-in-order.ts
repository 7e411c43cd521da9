import { type Instant, isRefusal, type Refusal, type WriteContext } from '../kernel/index.ts';
import { movesWithSales, withoutTrace } from '../pricing/index.ts';
import type { Catalogue } from './catalogue.ts';
import { claimWhile, type Moving, writeClaims } from './claiming.ts';
import { contentsOf } from './contents.ts';
import { demandOf } from './demand.ts';
import { freeIn, leavesOf, wantedFor } from './gate.ts';
import type { HoldRecord } from './hold.ts';
import { buyerLimitsOf, buyerTargets } from './limits.ts';
import { watchesOf } from './moving-price.ts';
import { holdResource } from './resource.ts';
import type { Room } from './room.ts';
import { notSold } from './sale.ts';
import { type PricedSelection, priceSelection } from './selection.ts';
import type { Target } from './target.ts';

/** Somebody who takes one of several types, and as many of it as there are. */
interface Wanted {
  /** The most wanted first. */
  readonly ticketTypeIds: readonly string[];
  readonly quantity: number;
  readonly minQuantity: number;
  readonly userId: string | null;
  readonly buyerKey: string;
}

/** What became of it: `nothing`: too little is free; `notTheirs`: of these types there is, but not for this buyer. */
type Given =
  | { readonly hold: HoldRecord; readonly ticketTypeId: string; readonly quantity: number }
  | { readonly hold: undefined; readonly notTheirs: readonly string[] }
  | 'nothing';

/**
 * Holds places for each of these in order, each as `holds.create` would: priced, within
 * the buyer's limits, under the counters' locks. `until` says how long a hold of a type
 * lasts; of a type that it leaves out nothing is held.
 */
export async function holdInOrder(
  context: WriteContext,
  catalogue: Catalogue,
  wanted: readonly Wanted[],
  until: ReadonlyMap<string, Instant>,
): Promise<Given[]> {
  const { ids, now, emit } = context;
  const { id: eventId, organizerId } = catalogue.event;
  const choices = wanted.map((own) => new Choice(now, catalogue, own, until));
  const wishes = choices.map((moving) => ({ targets: [], moving }));
  await claimWhile(context, eventId, wishes, async () => undefined);
  const granted: { hold: HoldRecord; units: readonly Target[] }[] = [];
  const given = choices.map(({ wanted: { userId, buyerKey }, chosen, notTheirs }): Given => {
    if (chosen === undefined) {
      return notTheirs.length > 0 ? { hold: undefined, notTheirs } : 'nothing';
    }
    const { ticketTypeId, quantity, selection, expiresAt } = chosen;
    const hold: HoldRecord = {
      id: ids.next('hld'),
      organizerId,
      eventId,
      state: 'active',
      userId,
      items: selection.items,
      listingId: null,
      quote: selection.quote,
      buyerKey: selection.limits.length === 0 ? null : buyerKey,
      asked: null,
      limits: selection.limits,
      expiresAt,
      extendedAt: null,
      createdAt: now,
      revision: 1,
    };
    granted.push({ hold, units: selection.targets });
    return { hold, ticketTypeId, quantity };
  });
  if (granted.length > 0) await writeClaims(context, eventId, granted);
  for (const { hold } of granted) {
    const data = withoutTrace(holdResource(hold, now));
    emit({ type: 'hold.created', organizerId, eventId, subject: hold.id, data });
  }
  return given;
}

interface Chosen {
  readonly ticketTypeId: string;
  readonly quantity: number;
  readonly selection: PricedSelection;
  readonly expiresAt: Instant;
}

/** Chooses in its turn, in the room that those before it left. */
class Choice implements Moving<never> {
  readonly watches: readonly Target[];
  chosen: Chosen | undefined;
  /** Types of which there was room, and nothing for this buyer. */
  notTheirs: string[] = [];
  readonly wanted: Wanted;
  private readonly now: Instant;
  private readonly catalogue: Catalogue;
  private readonly until: ReadonlyMap<string, Instant>;

  constructor(
    now: Instant,
    catalogue: Catalogue,
    wanted: Wanted,
    until: ReadonlyMap<string, Instant>,
  ) {
    this.now = now;
    this.catalogue = catalogue;
    this.wanted = wanted;
    this.until = until;
    this.watches = wanted.ticketTypeIds.flatMap((typeId) => this.lockedFor(typeId));
  }

  price(room: Room): readonly Target[] | Refusal<never> {
    // A batch is decided again when something was taken back.
    this.chosen = undefined;
    this.notTheirs = [];
    for (const ticketTypeId of this.wanted.ticketTypeIds) {
      this.chosen = this.ofType(room, ticketTypeId);
      if (this.chosen !== undefined) return this.chosen.selection.targets;
    }
    return [];
  }

  private ofType(room: Room, ticketTypeId: string): Chosen | undefined {
    const { catalogue, now, wanted } = this;
    const type = catalogue.ticketTypes.get(ticketTypeId);
    const expiresAt = this.until.get(ticketTypeId);
    if (type === undefined || expiresAt === undefined) return undefined;
    if (notSold(catalogue, type, now) !== undefined) return undefined;
    const most = Math.min(wanted.quantity, leavesOf(catalogue, type, freeIn(room)));
    if (most < wanted.minQuantity) return undefined;
    const demand = demandOf(catalogue.ticketTypes, (targetId) => room.takenOf(targetId));
    const options = { buyerKey: wanted.buyerKey, demand };
    // Fewer, where the buyer has some already and their limit leaves no more.
    for (let quantity = most; quantity >= wanted.minQuantity; quantity -= 1) {
      const items = [{ ticketTypeId, quantity }];
      const selection = priceSelection(catalogue, items, [], now, options);
      if (isRefusal(selection) || room.shortOf(selection.targets) !== undefined) continue;
      return { ticketTypeId, quantity, selection, expiresAt };
    }
    this.notTheirs.push(ticketTypeId);
    return undefined;
  }

  /** All that one of a type may take or be priced by. */
  private lockedFor(typeId: string): Target[] {
    const { catalogue, wanted } = this;
    const { event, ticketTypes } = catalogue;
    const type = ticketTypes.get(typeId);
    if (type === undefined) return [];
    const contents = contentsOf(ticketTypes, [{ ticketTypeId: typeId, quantity: 1 }]);
    const limits = buyerLimitsOf(catalogue, contents, { codes: [] });
    const place = { organizerId: event.organizerId, eventId: event.id };
    return [
      ...wantedFor(catalogue, typeId),
      ...buyerTargets(place, limits, wanted.buyerKey),
      ...watchesOf([type].filter(movesWithSales)),
    ].map((target) => ({ ...target, units: 0 }));
  }
}
