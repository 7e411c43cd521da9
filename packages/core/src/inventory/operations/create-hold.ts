import * as z from 'zod';
import { EventId, maySee } from '../../events/index.ts';
import {
  type Actor,
  type BatchContext,
  batchedWrite,
  type Command,
  everyone,
  type Instant,
  isRefusal,
  notFound,
  plusMinutes,
  type Refusal,
} from '../../kernel/index.ts';
import { type Demand, withoutTrace } from '../../pricing/index.ts';
import { SeatPreferences, unknownSeat } from '../../seating/index.ts';
import { askedOf, Cash, Codes, SelectionBuyer } from '../asked.ts';
import { buyerKeyOf } from '../buyer.ts';
import { type Catalogue, loadCatalogue } from '../catalogue.ts';
import { claimWithSeats, type SeatedOutcome } from '../claim-seats.ts';
import { writeClaims } from '../claiming.ts';
import type { Units } from '../counter.ts';
import { gateOf, sameWaited, type Waiting } from '../gate.ts';
import { Hold, HoldItem, type HoldRecord } from '../hold.ts';
import { demandNow, type MovingSelection, movingSelection } from '../moving-price.ts';
import { outOfReach } from '../out-of-reach.ts';
import { pricingRefusals } from '../pricing-refusals.ts';
import { limitExceeded, notOnSale, soldOut } from '../refusals.ts';
import { holdResource, withAccessToken } from '../resource.ts';
import { saleClosed } from '../sale.ts';
import { type SeatRefusal, seatRefusals } from '../seat-refusals.ts';
import { openSeats, quoteWithSeats, seatsOfUnseated, withSeats } from '../seats.ts';
import { type PricedSelection, priceSelection, type SelectionRefusal } from '../selection.ts';
import { type SelectionTarget, shortageRefusal } from '../target.ts';

const CreateHold = z.strictObject({
  eventId: EventId,
  items: z.array(HoldItem).min(1).max(50),
  codes: Codes.default([]),
  seating: SeatPreferences.optional().meta({
    description: 'How to sit, where seats are not named. Default: anywhere, together.',
  }),
  buyer: SelectionBuyer.optional(),
  cash: Cash.default(false),
});
type CreateHold = z.output<typeof CreateHold>;

export const createHold = batchedWrite({
  name: 'holds.create',
  summary:
    'Takes places and their price for a buyer, all or nothing, until the hold expires (15 minutes).',
  input: CreateHold,
  output: Hold,
  refusals: [soldOut, notOnSale, limitExceeded, ...pricingRefusals, ...seatRefusals],
  allow: everyone,
  lane: { key: ({ eventId }) => eventId },
  routes: ({ id, eventId }) => [{ subject: id, key: eventId }],
  present: (context, hold) => withAccessToken(context, hold, hold.id),
  runMany: async (context, commands) => {
    const { now } = context;
    const eventId = commands[0]?.input.eventId ?? '';
    const codes = commands.flatMap(({ input }) => input.codes);
    const items = commands.flatMap(({ input }) => input.items);
    const catalogue = await loadCatalogue(context, eventId, codes, items);
    if (catalogue === undefined) {
      return commands.map(() => notFound({ kind: 'event', id: eventId }));
    }

    const results = new Map<Command<CreateHold>, Hold | Refused>();
    const wishes: Wish[] = [];
    const { organizerId } = catalogue.event;
    const known = await context.tx.together(
      commands.map(({ actor, input }) => async (tx) => ({
        visible: await maySee({ tx, actor }, catalogue.event),
        asked: await askedOf({ tx, actor }, organizerId, input),
      })),
    );
    const demand = await demandNow(context, catalogue, items);
    const limited = limitsBuyers(catalogue);
    const asked: Wish[] = [];
    commands.forEach((command, index) => {
      const { visible = false, asked: facts = null } = known[index] ?? {};
      const wish = visible
        ? isRefusal(facts)
          ? facts
          : wishOf(context, catalogue, command, { asked: facts, demand, limited })
        : notFound({ kind: 'event', id: eventId });
      if (isRefusal(wish)) results.set(command, wish);
      else asked.push(wish);
    });
    const short = await outOfReach(
      context,
      eventId,
      asked.map(({ first }) => first),
    );
    asked.forEach((wish, index) => {
      const shortage = short[index];
      if (shortage === undefined) wishes.push(wish);
      else results.set(wish.command, shortageRefusal(wish.first.targets, shortage));
    });
    if (wishes.length === 0) return answersOf(commands, results);

    const requests = wishes.map((wish) => wish.items);
    const seats = await openSeats(context, catalogue, requests);
    // Whoever cancels the event or moves its sessions locks the same counters: what is read under
    // them, stands.
    const gate = wishes.some(({ isPublic }) => isPublic)
      ? gateOf<Meanwhile>(catalogue, now)
      : undefined;
    const { outcomes, seen } = await claimWithSeats(
      context,
      catalogue,
      seats,
      wishes,
      () => seenMeanwhile(context, catalogue),
      gate,
    );
    const { closed } = seen;
    const granted: { hold: HoldRecord; units: readonly Units[] }[] = [];
    wishes.forEach((wish, index) => {
      const outcome = outcomes[index];
      if (closed !== undefined) results.set(wish.command, closed);
      else if (outcome === undefined) return;
      else if ('refused' in outcome) results.set(wish.command, outcome.refused);
      else {
        const hold = newHold(context, catalogue, wish, outcome);
        granted.push({ hold, units: outcome.targets });
        results.set(wish.command, announce(wish.command, hold, now));
      }
    });
    if (granted.length > 0) await writeClaims(context, eventId, granted);
    return answersOf(commands, results);
  },
});

function answersOf(
  commands: readonly Command<CreateHold>[],
  results: ReadonlyMap<Command<CreateHold>, Hold | Refused>,
): (Hold | Refused)[] {
  return commands.map((command) => {
    const result = results.get(command);
    if (result === undefined) throw new Error('A wish for a hold got no answer.');
    return result;
  });
}

/** Whether anything is limited per buyer; only then it matters who that is. */
function limitsBuyers({ event, ticketTypes, codes }: Catalogue): boolean {
  const limits = [...ticketTypes.values(), ...codes.values()];
  return event.maxPerBuyer !== null || limits.some(({ maxPerBuyer }) => maxPerBuyer !== null);
}

type Refused =
  | Refusal<'not_found' | 'sold_out' | 'buyer_not_vouched' | 'tax_id_not_valid' | SeatRefusal>
  | SelectionRefusal;

type Granted = Exclude<SeatedOutcome<string>, { refused: unknown }>;

interface Wish {
  readonly command: Command<CreateHold>;
  /** As it was priced before anything was locked. */
  readonly first: PricedSelection;
  /** How it is priced in its turn, where the price depends on what is sold. */
  readonly moving: MovingSelection | undefined;
  readonly items: readonly HoldItem[];
  readonly preferences: SeatPreferences;
  readonly targets: readonly SelectionTarget[];
  readonly buyerKey: string | null;
  readonly asked: HoldRecord['asked'];
  /** Whether who waits comes first. What trusted code and members sell for others is theirs to decide. */
  readonly isPublic: boolean;
}

/** What a command asks for, priced; or why it is refused. */
function wishOf(
  { secrets, now }: BatchContext,
  catalogue: Catalogue,
  command: Command<CreateHold>,
  {
    asked,
    demand,
    limited,
  }: { asked: HoldRecord['asked']; demand: Demand | undefined; limited: boolean },
): Wish | Refused {
  const { items, codes, buyer, seating } = command.input;
  const buyerKey = limited
    ? buyerKeyOf(secrets, catalogue.event.id, {
        userId: userOf(command.actor),
        email: buyer?.email ?? null,
      })
    : null;
  const options = { buyerKey, ...asked, ...(demand === undefined ? {} : { demand }) };
  const first = priceSelection(catalogue, items, codes, now, options);
  if (isRefusal(first)) return first;
  const unseated = seatsOfUnseated(catalogue, items);
  if (unseated.length > 0) return unknownSeat({ seats: unseated });
  const moving = movingSelection(catalogue, items, codes, now, { ...options, first });
  const targets = moving === undefined ? first.targets : [];
  const preferences = SeatPreferences.parse(seating ?? {});
  const isPublic = command.actor.type !== 'system';
  return { command, first, moving, items, preferences, targets, buyerKey, asked, isPublic };
}

/** What is read under the counters' locks. */
interface Meanwhile {
  readonly closed: Refusal<'not_on_sale'> | undefined;
  readonly waiting: readonly Waiting[];
}

async function seenMeanwhile({ tx, now }: BatchContext, { event }: Catalogue): Promise<Meanwhile> {
  const [found, sessions, waiting] = await Promise.all([
    tx.events.events.find(event.id),
    tx.events.sessions.lastOf(event.id),
    event.waited.length === 0 ? [] : tx.waitlist.waiting(event.id),
  ]);
  sameWaited(event.waited, found?.waited ?? []);
  return { closed: saleClosed(found ?? event, sessions, now), waiting };
}

function newHold(
  { ids, now, settings }: BatchContext,
  { event }: Catalogue,
  { command: { actor }, first, moving, buyerKey, asked }: Wish,
  { choice }: Granted,
): HoldRecord {
  const { items, quote, limits } = moving?.selection() ?? first;
  const held = choice === undefined ? items : withSeats(items, choice);
  return {
    id: ids.next('hld'),
    organizerId: event.organizerId,
    eventId: event.id,
    state: 'active',
    userId: userOf(actor),
    items: held,
    listingId: null,
    quote: choice === undefined ? quote : quoteWithSeats(quote, held),
    buyerKey,
    asked,
    limits,
    expiresAt: plusMinutes(now, settings.holdMinutes),
    extendedAt: null,
    createdAt: now,
    revision: 1,
  };
}

function userOf(actor: Actor): string | null {
  return actor.type === 'user' ? actor.id : null;
}

function announce({ emit }: Command<CreateHold>, hold: HoldRecord, now: Instant): Hold {
  const created = holdResource(hold, now);
  emit({
    type: 'hold.created',
    organizerId: hold.organizerId,
    eventId: hold.eventId,
    subject: hold.id,
    data: withoutTrace(created),
  });
  return created;
}
