import * as z from 'zod';
import { anyOf, isRefusal, notFound, plusMinutes, write } from '../../kernel/index.ts';
import { members } from '../../organizers/index.ts';
import { withoutTrace } from '../../pricing/index.ts';
import { SeatPreferences, unknownSeat } from '../../seating/index.ts';
import { organizerOfHold, owner, ownerOfHold } from '../access.ts';
import { Codes } from '../asked.ts';
import { buyerKeyOf } from '../buyer.ts';
import { loadCatalogue } from '../catalogue.ts';
import { changeOf, isMoreOfSome } from '../change.ts';
import { claimsFor, claimWhile } from '../claiming.ts';
import { isLive, wasLost } from '../counter.ts';
import { gateOf, type Waiting } from '../gate.ts';
import { Hold, HoldId, HoldItem } from '../hold.ts';
import { demandLocked, demandNow } from '../moving-price.ts';
import { pricingRefusals } from '../pricing-refusals.ts';
import {
  holdExpired,
  holdNotActive,
  holdNotChangeable,
  limitExceeded,
  notOnSale,
  soldOut,
} from '../refusals.ts';
import { holdResource, withAccessToken } from '../resource.ts';
import { seatRefusals } from '../seat-refusals.ts';
import {
  keepingSeats,
  openSeats,
  quoteWithSeats,
  seatedItems,
  seatsOfUnseated,
  seatTargets,
  withSeats,
} from '../seats.ts';
import { priceSelection } from '../selection.ts';
import { shortageRefusal } from '../target.ts';
import { changeHold as change } from '../transitions.ts';

export const changeHold = write({
  name: 'holds.change',
  summary:
    'Makes a hold one for other items: only the difference is claimed or given back, all or nothing. One that lasts longer, as an offer of the waitlist does, lasts as long as a new one once it grows or is for another type.',
  input: z.strictObject({
    holdId: HoldId,
    items: z.array(HoldItem).min(1).max(50),
    codes: Codes.optional().meta({
      description: 'The codes to apply; left out: those that the hold has.',
    }),
    seating: SeatPreferences.optional().meta({
      description: 'How those sit who come on top. The others keep the seats that they have.',
    }),
  }),
  output: Hold,
  refusals: [
    holdNotActive,
    holdExpired,
    holdNotChangeable,
    soldOut,
    notOnSale,
    limitExceeded,
    ...pricingRefusals,
    ...seatRefusals,
  ],
  allow: anyOf(owner(ownerOfHold), members('sell', organizerOfHold)),
  present: (context, hold) => withAccessToken(context, hold, hold.id),
  run: async (context, { holdId, items, codes, seating = {} }) => {
    const { tx, actor, now, emit, settings } = context;
    const found = await tx.inventory.holds.find(holdId);
    if (found === undefined) return notFound({ kind: 'hold', id: holdId });
    const { organizerId, eventId } = found;
    // Before the hold: whoever cancels the event locks it first too, and then finds this hold.
    await tx.events.events.findForShare(eventId);
    const [was] = await tx.inventory.holds.findForUpdate([holdId]);
    if (was === undefined) return notFound({ kind: 'hold', id: holdId });
    const named = codes ?? was.quote.codes.map(({ code }) => code);
    const catalogue = await loadCatalogue(context, eventId, named, items);
    if (catalogue === undefined) return notFound({ kind: 'event', id: eventId });
    const changeable = change(was, now);
    if (isRefusal(changeable)) return changeable;
    const claims = await tx.inventory.claimsOf(eventId, holdId);
    // Who is signed in may come under a limit only now, as by a code that is named now.
    const buyerKey =
      was.buyerKey ?? buyerKeyOf(context.secrets, eventId, { userId: was.userId, email: null });
    const options = { buyerKey, kept: was.quote.lines, ...was.asked };
    const seen = await demandNow(context, catalogue, items);
    const first = priceSelection(catalogue, items, named, now, { ...options, demand: seen });
    if (isRefusal(first)) return first;
    const unseated = seatsOfUnseated(catalogue, items);
    if (unseated.length > 0) return unknownSeat({ seats: unseated });
    // Another server's clock is ahead of this one and took the places back.
    if (claims.some(wasLost)) return holdExpired({ holdId, expiredAt: was.expiresAt });

    const wanted = keepingSeats(items, was.items);
    const opened = await openSeats(context, catalogue, [wanted]);
    const choice = await opened?.floor.choose({
      items: seatedItems(catalogue, opened, wanted),
      preferences: SeatPreferences.parse(seating),
    });
    if (choice !== undefined && isRefusal(choice)) return choice;
    const seats = choice === undefined ? [] : seatTargets({ organizerId, eventId }, choice);
    // The event is locked, so nobody begins to wait meanwhile.
    const gate =
      actor.type === 'system' ? undefined : gateOf<{ waiting: Waiting[] }>(catalogue, now);
    const others = [...first.targets, ...seats, ...claims, ...(gate?.watches ?? [])];
    const demand = await demandLocked(context, catalogue, items, others);
    const priced =
      demand === undefined
        ? first
        : priceSelection(catalogue, items, named, now, { ...options, demand });
    if (isRefusal(priced)) return priced;
    const { grow, shrink } = changeOf(claims.filter(isLive), [...priced.targets, ...seats]);
    // What shrinks is locked along, so that all counters are locked in one ascending order.
    const targets = [...grow, ...shrink.map((own) => ({ ...own, units: 0 }))];
    const { decisions } = await claimWhile(
      context,
      eventId,
      [{ targets, isPublic: true }],
      async () => ({ waiting: gate === undefined ? [] : await tx.waitlist.waiting(eventId) }),
      gate,
    );
    const [shortage] = decisions;
    if (shortage !== undefined && !isRefusal(shortage)) return shortageRefusal(grow, shortage);

    await tx.inventory.giveBack(eventId, holdId, shrink, now);
    // What was kept long for who waited is no way to keep more, or something else, for as long.
    const longest = plusMinutes(
      now,
      settings.holdMinutes + (was.extendedAt === null ? 0 : settings.extendMinutes),
    );
    const isMore = grow.length > 0 || isMoreOfSome(was.items, items);
    const isCut = isMore && longest < was.expiresAt;
    const expiresAt = isCut ? longest : was.expiresAt;
    if (isCut) await tx.inventory.moveExpiry(eventId, holdId, expiresAt, now);
    await tx.inventory.claims.insert(claimsFor(context, { ...was, expiresAt }, grow));
    await tx.inventory.addUnits(eventId, grow);
    const held = choice === undefined ? priced.items : withSeats(priced.items, choice);
    const quote = choice === undefined ? priced.quote : quoteWithSeats(priced.quote, held);
    const next = { ...changeable, items: held, quote, limits: priced.limits, buyerKey, expiresAt };
    await tx.inventory.holds.save(next, was);
    const changed = holdResource(next, now);
    emit({
      type: 'hold.changed',
      organizerId,
      eventId,
      subject: holdId,
      data: withoutTrace(changed),
    });
    return changed;
  },
});
