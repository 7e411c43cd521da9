import { type BatchContext, isRefusal, type Refusal } from '../kernel/index.ts';
import type { ChoiceCode, SeatChoice, SeatPreferences } from '../seating/index.ts';
import { seatTaken } from '../seating/index.ts';
import type { Catalogue } from './catalogue.ts';
import { claimWhile, type Decision, type Moving } from './claiming.ts';
import type { Gate } from './gate.ts';
import type { HoldItem } from './hold.ts';
import type { Shortage } from './room.ts';
import { type Seats, seatedItems, seatTargets } from './seats.ts';
import type { SelectionTarget } from './target.ts';

/** What one hold asks for, seats included. */
export interface SeatedWish<Code extends string> {
  readonly items: readonly HoldItem[];
  readonly preferences: SeatPreferences;
  /** Everything but seats, and but what `moving` decides. */
  readonly targets: readonly SelectionTarget<Code>[];
  readonly moving?: MovingPrice<Code> | undefined;
  /** Whether it comes after who waits for tickets. */
  readonly isPublic?: boolean | undefined;
}

/** A price that is decided under the locks. */
export interface MovingPrice<Code extends string> extends Moving<Code> {
  /** What the last pricing takes. */
  latest(): readonly SelectionTarget<Code>[];
}

/** What became of it. */
export type SeatedOutcome<Code extends string> =
  | { readonly refused: Refusal<Code | ChoiceCode | 'seat_taken'> }
  | {
      readonly choice: SeatChoice | undefined;
      readonly targets: readonly SelectionTarget<Code | 'seat_taken'>[];
    };

/** Another process may be faster this often; then whoever asked has to ask again. */
const ATTEMPTS = 4;

/**
 * Chooses seats for a batch of wishes, in order, and decides them under the
 * counters' locks. Chosen seats that turn out to be somebody else's are chosen
 * again; named ones are refused. Who gets nothing keeps no seat from the others.
 */
export async function claimWithSeats<Code extends string, Seen>(
  context: BatchContext,
  catalogue: Catalogue,
  seats: Seats | undefined,
  wishes: readonly SeatedWish<Code>[],
  read: () => Promise<Seen>,
  gate?: Gate<Seen>,
): Promise<{ outcomes: SeatedOutcome<Code>[]; seen: Seen }> {
  const { id: eventId } = catalogue.event;
  const outcomes: (SeatedOutcome<Code> | undefined)[] = wishes.map(() => undefined);
  for (let attempt = 1; ; attempt += 1) {
    for (const [index, wish] of wishes.entries()) {
      outcomes[index] ??= await chosen(catalogue, seats, wish);
    }
    const settled = outcomes.map((outcome) => outcome ?? { choice: undefined, targets: [] });
    const asking = settled.map((outcome, index) =>
      'refused' in outcome
        ? { targets: [] }
        : {
            targets: outcome.targets,
            moving: wishes[index]?.moving,
            isPublic: wishes[index]?.isPublic,
          },
    );
    const { decisions, seen } = await claimWhile(context, eventId, asking, read, gate);

    const again = new Set<number>();
    const gone: SeatChoice[] = [];
    let outrun = false;
    for (const [index, outcome] of settled.entries()) {
      const decision = decisions[index];
      if (decision === undefined || 'refused' in outcome) continue;
      const { choice } = outcome;
      if (choice === undefined) continue;
      gone.push(choice);
      if (isRefusal(decision) || !choice.chosen || !isSeat(choice, decision)) {
        outcomes[index] = await outcomeOf(context, eventId, wishes[index], { outcome, decision });
      } else {
        again.add(index);
        outrun = true;
      }
    }
    // Who was told that too little is left may have what the others did not get after all.
    if (gone.length > 0) {
      for (const [index, outcome] of outcomes.entries()) if (isWant(outcome)) again.add(index);
    }
    if (again.size === 0 || seats === undefined || attempt === ATTEMPTS) {
      const told = settled.map((outcome, index) =>
        outcomeOf(context, eventId, wishes[index], { outcome, decision: decisions[index] }),
      );
      return { outcomes: await Promise.all(told), seen };
    }
    await seats.floor.giveBack(gone, outrun);
    for (const index of again) outcomes[index] = undefined;
  }
}

function isWant(outcome: SeatedOutcome<string> | undefined): boolean {
  if (outcome === undefined || !('refused' in outcome)) return false;
  return ['not_enough_seats', 'no_seats_together'].includes(outcome.refused.code);
}

async function chosen<Code extends string>(
  catalogue: Catalogue,
  seats: Seats | undefined,
  { items, preferences, targets }: SeatedWish<Code>,
): Promise<SeatedOutcome<Code>> {
  const seated = seats === undefined ? [] : seatedItems(catalogue, seats, items);
  if (seats === undefined || seated.length === 0) return { choice: undefined, targets };
  const choice = await seats.floor.choose({ items: seated, preferences });
  if (isRefusal(choice)) return { refused: choice };
  const { organizerId, id: eventId } = catalogue.event;
  return { choice, targets: [...targets, ...seatTargets({ organizerId, eventId }, choice)] };
}

function isSeat({ items }: SeatChoice, { targetId }: Shortage): boolean {
  return items.some(({ held }) => held.some(({ targets }) => targets.includes(targetId)));
}

/**
 * The outcome with what was decided: what the price takes, or the refusal that a
 * shortage earns; of seats, all that are taken are named.
 */
async function outcomeOf<Code extends string>(
  { tx, now }: BatchContext,
  eventId: string,
  wish: SeatedWish<Code> | undefined,
  { outcome, decision }: { outcome: SeatedOutcome<Code>; decision: Decision<Code> },
): Promise<SeatedOutcome<Code>> {
  if ('refused' in outcome) return outcome;
  const { choice } = outcome;
  const targets = [...outcome.targets, ...(wish?.moving?.latest() ?? [])];
  if (decision === undefined) return { choice, targets };
  if (isRefusal(decision)) return { refused: decision };
  if (choice === undefined || !isSeat(choice, decision)) {
    const short = targets.find(({ targetId }) => targetId === decision.targetId);
    if (short === undefined) throw new Error(`Nobody asked for ${decision.targetId}.`);
    return { refused: short.short(decision) };
  }
  const held = choice.items.flatMap((item) => item.held);
  return { refused: await refuseTaken({ tx, now }, eventId, held, decision) };
}

/** Names all of these seats that somebody else has, once one of them was found taken. */
export async function refuseTaken(
  { tx, now }: Pick<BatchContext, 'tx' | 'now'>,
  eventId: string,
  seats: readonly { readonly label: string; readonly targets: readonly string[] }[],
  shortage: Shortage,
): Promise<Refusal<'seat_taken'>> {
  const claims = await tx.seating.claimsOnSeats(
    eventId,
    seats.flatMap(({ targets }) => targets),
  );
  const taken = new Set(
    claims
      .filter(({ expiresAt }) => expiresAt === null || expiresAt > now)
      .map(({ targetId }) => targetId),
  );
  taken.add(shortage.targetId);
  const labels = seats
    .filter(({ targets }) => targets.some((targetId) => taken.has(targetId)))
    .map(({ label }) => label);
  return seatTaken({ seats: [...new Set(labels)] });
}
