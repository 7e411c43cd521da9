import * as z from 'zod';
import { EventId, maySee } from '../../events/index.ts';
import {
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
import { amountTooLarge, codeKey, codeNotValid, unknownTicketType } from '../../pricing/index.ts';
import { type Catalogue, loadCatalogue } from '../catalogue.ts';
import { claimInOrder, writeClaims } from '../claiming.ts';
import type { Units } from '../counter.ts';
import { Hold, HoldItem, type HoldRecord } from '../hold.ts';
import { limitExceeded, notOnSale, soldOut } from '../refusals.ts';
import { holdResource, withAccessToken } from '../resource.ts';
import type { Shortage } from '../room.ts';
import { type PricedSelection, priceSelection, saleClosed } from '../selection.ts';

const CreateHold = z.strictObject({
  eventId: EventId,
  items: z.array(HoldItem).min(1).max(50),
  codes: z.array(z.string().trim().min(1).max(64)).max(10).default([]),
});
type CreateHold = z.output<typeof CreateHold>;

export const createHold = batchedWrite({
  name: 'holds.create',
  summary:
    'Takes places and their price for a buyer, all or nothing, until the hold expires (15 minutes).',
  input: CreateHold,
  output: Hold,
  refusals: [soldOut, notOnSale, limitExceeded, unknownTicketType, codeNotValid, amountTooLarge],
  allow: everyone,
  lane: ({ eventId }) => eventId,
  present: (context, hold) => withAccessToken(context, hold, hold.id),
  runMany: async (context, commands) => {
    const { now } = context;
    const eventId = commands[0]?.input.eventId ?? '';
    const codes = commands.flatMap(({ input }) => input.codes);
    const catalogue = await loadCatalogue(context, eventId, codes);
    if (catalogue === undefined) {
      return commands.map(() => notFound({ kind: 'event', id: eventId }));
    }

    const results = new Map<Command<CreateHold>, Hold | Refused>();
    const wishes: Wish[] = [];
    for (const command of commands) {
      const { items, codes: named } = command.input;
      const priced = priceSelection(catalogue, items, named, now);
      if (!(await maySee({ ...context, actor: command.actor }, catalogue.event))) {
        results.set(command, notFound({ kind: 'event', id: eventId }));
      } else if (isRefusal(priced)) results.set(command, priced);
      else wishes.push({ command, priced, units: priced.units });
    }

    const shortages = await claimInOrder(context, eventId, wishes);
    // Whoever cancels the event locks the same counters: what is read now, stands.
    const closed = await closedMeanwhile(context, catalogue);
    const granted: { hold: HoldRecord; units: readonly Units[] }[] = [];
    wishes.forEach((wish, index) => {
      const shortage = shortages[index];
      if (closed !== undefined) results.set(wish.command, closed);
      else if (shortage !== undefined) results.set(wish.command, shortageRefusal(wish, shortage));
      else {
        const hold = newHold(context, catalogue, wish);
        granted.push({ hold, units: wish.units });
        results.set(wish.command, announce(wish.command, hold, now));
      }
    });
    if (granted.length > 0) await writeClaims(context, eventId, granted);
    return commands.map(
      (command) => results.get(command) ?? notFound({ kind: 'event', id: eventId }),
    );
  },
});

type Refused = Refusal<
  | 'not_found'
  | 'sold_out'
  | 'not_on_sale'
  | 'limit_exceeded'
  | 'unknown_ticket_type'
  | 'code_not_valid'
  | 'amount_too_large'
>;

interface Wish {
  readonly command: Command<CreateHold>;
  readonly priced: PricedSelection;
  readonly units: readonly Units[];
}

async function closedMeanwhile({ tx, now }: BatchContext, { event, sessions }: Catalogue) {
  return saleClosed((await tx.events.events.find(event.id)) ?? event, sessions, now);
}

function shortageRefusal({ command, priced }: Wish, shortage: Shortage) {
  const code = priced.quote.codes.find(({ codeId }) => codeId === shortage.targetId);
  if (code === undefined) {
    const { targetId: poolId, available, requested } = shortage;
    return soldOut({ poolId, available, requested });
  }
  const typed = command.input.codes.find((given) => codeKey(given) === codeKey(code.code));
  return codeNotValid({ code: codeKey(typed ?? code.code) });
}

function newHold(
  { ids, now, settings }: BatchContext,
  { event }: Catalogue,
  { command: { actor }, priced: { items, quote } }: Wish,
): HoldRecord {
  return {
    id: ids.next('hld'),
    organizerId: event.organizerId,
    eventId: event.id,
    state: 'active',
    userId: actor.type === 'user' ? actor.id : null,
    items,
    listingId: null,
    quote,
    expiresAt: plusMinutes(now, settings.holdMinutes),
    createdAt: now,
    revision: 1,
  };
}

function announce({ emit }: Command<CreateHold>, hold: HoldRecord, now: Instant): Hold {
  const created = holdResource(hold, now);
  emit({
    type: 'hold.created',
    organizerId: hold.organizerId,
    eventId: hold.eventId,
    subject: hold.id,
    data: created,
  });
  return created;
}
