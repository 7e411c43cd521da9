import type { EventRecord, TicketTypeRecord } from '../events/index.ts';
import {
  type Catalogue,
  holdInOrder,
  leavesOf,
  loadCatalogue,
  notSold,
  standing,
  wantedFor,
} from '../inventory/index.ts';
import type { Instant, WriteContext } from '../kernel/index.ts';
import type { WaitlistEntryRecord } from './entry.ts';
import { tellEntry, tellOffer } from './follow.ts';
import { offerUntil, type WaitlistOfferRecord } from './offer.ts';
import type { WaitlistTerms } from './policy.ts';
import type { FreeOfType } from './store.ts';
import { endEntry, offerEntry } from './transitions.ts';

/** Stands for any number: of a type without a limit. */
const ANY_NUMBER = 1_000_000;

/** What may be offered at an event now. */
export interface OnOffer {
  readonly catalogue: Catalogue;
  /** Until when an offer of each type would stand. */
  readonly until: ReadonlyMap<string, Instant>;
  /** Types that nobody can be offered any more: their last session has begun, or their sale is over. */
  readonly over: readonly string[];
  readonly free: readonly FreeOfType[];
}

/** What may be offered of the types that are waited for, as anybody sees it: without a lock. */
export async function onOffer(
  context: Pick<WriteContext, 'tx' | 'now' | 'kept'>,
  event: EventRecord,
  terms: WaitlistTerms,
): Promise<OnOffer | undefined> {
  const { tx, now } = context;
  const catalogue = await loadCatalogue(context, event.id, []);
  if (catalogue === undefined || event.state !== 'published') return undefined;
  const { ticketTypes } = catalogue;
  const sessions = await tx.events.sessions.ofEvents([event.id]);
  const types = event.waited.flatMap((id) => ticketTypes.get(id) ?? []);
  const until = new Map(
    types.flatMap((type) => {
      const at = offerUntil(terms, type, { sessions, ticketTypes, now });
      return at === undefined || isPast(type, now) ? [] : [[type.id, at]];
    }),
  );
  const targets = types.flatMap(({ id }) => wantedFor(catalogue, id));
  const stand = await standing(context, event.id, [
    ...new Set(targets.map(({ targetId }) => targetId)),
  ]);
  const taken = (id: string) => (stand.counter(id)?.claimed ?? 0) - stand.lapsed(id);
  const free = types
    .filter((type) => until.has(type.id) && notSold(catalogue, type, now) === undefined)
    .map((type) => ({
      ticketTypeId: type.id,
      leaves: Math.min(ANY_NUMBER, leavesOf(catalogue, type, { free: stand.available, taken })),
    }));
  const over = event.waited.filter((id) => !until.has(id));
  return { catalogue, until, over, free };
}

function isPast({ saleUntil }: TicketTypeRecord, now: Instant): boolean {
  return saleUntil !== null && saleUntil <= now;
}

/**
 * Offers what is free to those who wait, in their order, each who can have what they
 * asked for. Whose limit lets them have none of what is there no longer waits for that type:
 * they would keep it from everybody. Who waits for none then leaves the list. The caller
 * has locked the event.
 */
export async function makeOffers(
  context: WriteContext,
  event: EventRecord,
  { catalogue, until, free }: OnOffer,
  limit: number,
): Promise<{ offered: number; ended: number }> {
  const { tx, ids, now } = context;
  const fitting = await tx.waitlist.entries.fitting(event.id, free, limit);
  const entries = await tx.waitlist.entries.findForUpdate(fitting.map(({ id }) => id));
  const inOrder = entries.sort((a, b) => (a.place < b.place ? -1 : 1));
  const given = await holdInOrder(context, catalogue, inOrder, until);
  const offers: WaitlistOfferRecord[] = [];
  const gone: WaitlistEntryRecord[] = [];
  for (const [index, entry] of inOrder.entries()) {
    const own = given[index];
    if (own === undefined || own === 'nothing') continue;
    if (own.hold === undefined) {
      await tx.waitlist.wishes.removeTypes([entry.id], own.notTheirs);
      continue;
    }
    gone.push(entry);
    const next = offerEntry(entry);
    await tx.waitlist.entries.save(next, entry);
    const { hold, ticketTypeId, quantity } = own;
    const offer: WaitlistOfferRecord = {
      id: ids.next('wlo'),
      organizerId: event.organizerId,
      eventId: event.id,
      entryId: entry.id,
      holdId: hold.id,
      ticketTypeId,
      quantity,
      state: 'open',
      claimedAt: null,
      createdAt: now,
      revision: 1,
    };
    offers.push(offer);
    tellOffer(context, 'waitlist.offered', { offer, hold }, next);
  }
  if (offers.length > 0) await tx.waitlist.offers.insert(offers);
  if (gone.length > 0) await tx.waitlist.wishes.remove(gone.map(({ id }) => id));
  return { offered: offers.length, ended: await endWithoutWish(context, event, 'limit', limit) };
}

/**
 * Ends entries of which nothing can be offered any more, a page of them: whoever waits for
 * the others still finds them by what they wait for. The caller has locked the event.
 */
export async function endOver(
  context: WriteContext,
  event: EventRecord,
  over: readonly string[],
  limit: number,
): Promise<number> {
  const { tx } = context;
  if (over.length > 0) {
    const page = await tx.waitlist.entries.waitingFor(event.id, over, limit);
    await tx.waitlist.wishes.removeTypes(
      page.map(({ id }) => id),
      over,
    );
  }
  return endWithoutWish(context, event, 'over', limit);
}

async function endWithoutWish(
  context: WriteContext,
  event: EventRecord,
  endedFor: 'limit' | 'over',
  limit: number,
): Promise<number> {
  const { tx } = context;
  const left = await tx.waitlist.entries.withoutWish(event.id, limit);
  for (const entry of await tx.waitlist.entries.findForUpdate(left.map(({ id }) => id))) {
    const next = endEntry(entry, endedFor);
    await tx.waitlist.entries.save(next, entry);
    tellEntry(context, 'waitlist.left', next);
  }
  return left.length;
}
