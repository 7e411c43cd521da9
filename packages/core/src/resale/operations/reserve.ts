import * as z from 'zod';
import { maySee } from '../../events/index.ts';
import {
  claimInOrder,
  Hold,
  type HoldRecord,
  holdResource,
  notOnSale,
  outOfReach,
  saleClosed,
  withAccessToken,
  writeClaims,
} from '../../inventory/index.ts';
import {
  Amount,
  batchedWrite,
  type Command,
  everyone,
  notFound,
  plusMinutes,
} from '../../kernel/index.ts';
import { resaleQuote, withoutTrace } from '../../pricing/index.ts';
import { groupOf } from '../group.ts';
import { ListingId, type ListingRecord } from '../listing.ts';
import { buyerFeeOf } from '../price.ts';
import {
  buyerIsSeller,
  listingClosed,
  listingPriceChanged,
  listingSoldWhole,
} from '../refusals.ts';
import { type NotReserved, unfit, unwelcome } from '../wanted.ts';

/** What a buyer says of the listing that they want. */
export const wantedListing = {
  listingId: ListingId,
  whole: z.boolean().default(false).meta({
    description: 'Whether all that was listed together with it is wanted too.',
  }),
  price: Amount.optional().meta({
    description:
      'What the buyer has seen the seller ask, of all that they want: another price is refused. Minor units.',
  }),
};

export const reserveListing = batchedWrite({
  name: 'resale.reserve',
  summary:
    'Reserves a listing, or the whole group of it, for one buyer: a hold on it, to be placed and paid like any other. The first of all who ask gets it.',
  input: z.strictObject(wantedListing),
  output: Hold,
  refusals: [listingClosed, listingSoldWhole, listingPriceChanged, buyerIsSeller, notOnSale],
  allow: everyone,
  lane: { key: ({ listingId }) => listingId },
  routes: ({ id, eventId }) => [{ subject: id, key: eventId }],
  present: (context, hold) => withAccessToken(context, hold, hold.id),
  runMany: async (context, commands) => {
    const { tx, ids, now, settings } = context;
    const listingId = commands[0]?.input.listingId ?? '';
    const missing = notFound({ kind: 'listing', id: listingId });
    const found = await tx.resale.listings.find(listingId);
    const listed = found && (await tx.events.events.find(found.eventId));
    if (found === undefined || listed === undefined) return commands.map(() => missing);
    const seen = await tx.together(
      commands.map(
        ({ actor }) =>
          () =>
            maySee({ tx, actor }, listed),
      ),
    );
    const { eventId } = found;
    const group = await groupOf(context, found);
    const wanted = new Map<Command<unknown>, readonly ListingRecord[]>(
      commands.map((command) => [command, command.input.whole ? group : [found]]),
    );
    const unitsOf = (command: Command<unknown>) =>
      (wanted.get(command) ?? []).map(({ id }) => ({ targetId: id, units: 1 }));
    /** Who gets nothing, whatever becomes of the others. */
    const before = new Map<Command<unknown>, NotReserved | undefined>(
      commands.map((command, at) => [
        command,
        seen[at] ? unwelcome(context, command, found, group) : missing,
      ]),
    );
    const welcome = commands.filter((command) => before.get(command) === undefined);
    const shorts = await outOfReach(
      context,
      eventId,
      welcome.map((command) => ({ targets: unitsOf(command) })),
    );
    for (const [at, command] of welcome.entries()) {
      if (shorts[at] !== undefined) {
        before.set(command, listingClosed({ listingId, state: 'reserved' }));
      }
    }
    if (commands.every((command) => before.get(command) !== undefined)) {
      return commands.map((command) => before.get(command) ?? missing);
    }
    const claim = (refused: (command: Command<unknown>) => unknown) =>
      claimInOrder(
        context,
        eventId,
        commands.map((command) => ({
          targets: refused(command) === undefined ? unitsOf(command) : [],
        })),
      );
    const first = await claim((command) => before.get(command));
    // Who withdraws, sells, reprices or cancels locks the same counters: what is read now, stands.
    const current = new Map(
      (await tx.resale.listings.findMany(group.map(({ id }) => id))).map((own) => [own.id, own]),
    );
    const event = await tx.events.events.find(eventId);
    const sessions = await tx.events.sessions.lastOf(eventId);
    const saleOver = event && saleClosed(event, sessions, now);

    const listingsOf = (command: Command<unknown>) =>
      (wanted.get(command) ?? []).map((own) => current.get(own.id) ?? own);
    /** The same, and who gets nothing as it is under the locks, whoever comes first. */
    const refusals = new Map<Command<unknown>, NotReserved | undefined>(
      commands.map((command) => [
        command,
        before.get(command) ?? unfit(command, listingsOf(command), now) ?? saleOver,
      ]),
    );
    // Who is refused takes it from nobody behind them.
    const isLess = commands.some((command) => before.get(command) !== refusals.get(command));
    const shortages = isLess ? await claim((command) => refusals.get(command)) : first;

    const granted: { hold: HoldRecord; units: ReturnType<typeof unitsOf> }[] = [];
    const results = commands.map((command, index): Hold | NotReserved => {
      const { actor, emit } = command;
      const refused = refusals.get(command);
      if (refused !== undefined) return refused;
      if (shortages[index] !== undefined) return listingClosed({ listingId, state: 'reserved' });
      const hold: HoldRecord = {
        id: ids.next('hld'),
        organizerId: found.organizerId,
        eventId,
        state: 'active',
        userId: actor.type === 'user' ? actor.id : null,
        items: [],
        listingId,
        quote: resaleQuote(
          found.currency,
          listingsOf(command).map((own) => ({
            ...own,
            buyerFee: buyerFeeOf(own.terms, own.price),
          })),
        ),
        // Limits are for who takes places of the organizer: this one was counted at its first sale.
        buyerKey: null,
        asked: null,
        limits: [],
        expiresAt: plusMinutes(now, settings.holdMinutes),
        extendedAt: null,
        createdAt: now,
        revision: 1,
      };
      granted.push({ hold, units: unitsOf(command) });
      const created = holdResource(hold, now);
      emit({
        type: 'listing.reserved',
        organizerId: hold.organizerId,
        eventId,
        subject: listingId,
        data: withoutTrace(created),
      });
      return created;
    });
    if (granted.length > 0) await writeClaims(context, eventId, granted);
    return results;
  },
});
