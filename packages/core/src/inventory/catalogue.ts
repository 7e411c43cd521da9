import type { EventRecord, SessionRecord, TicketTypeRecord } from '../events/index.ts';
import type { ReadContext } from '../kernel/index.ts';
import { type CodeRecord, codeKey, type QuoteCatalogue, TaxTable } from '../pricing/index.ts';

/** Everything that a sale of one event depends on, besides what is free. */
export interface Catalogue extends QuoteCatalogue {
  readonly event: EventRecord;
  /**
   * The one that ends last, when the sale ends by itself, and those that a
   * ticket type names, whose own sale ends with them.
   */
  readonly sessions: readonly SessionRecord[];
  readonly ticketTypes: ReadonlyMap<string, TicketTypeRecord>;
}

/** The part of it that changes only with the version that the event names. */
class Terms {
  /** Codes that were asked for, by key; null: there is none. */
  readonly codes = new Map<string, CodeRecord | null>();
  readonly ticketTypes: ReadonlyMap<string, TicketTypeRecord>;

  readonly prices: Pick<Catalogue, 'discounts' | 'fees' | 'taxes'>;

  constructor(
    types: readonly TicketTypeRecord[],
    prices: Pick<Catalogue, 'discounts' | 'fees' | 'taxes'>,
  ) {
    this.ticketTypes = new Map(types.map((type) => [type.id, type]));
    this.prices = prices;
  }
}

/** Codes that are kept of one event; who guesses many empties it. */
const KEPT_CODES = 10_000;

/**
 * The event's catalogue with the codes that buyers named; undefined: no such event.
 *
 * Its terms are read once and kept by their version, which every write that
 * changes one replaces in its own transaction: so what is read each time is the
 * event, which names the version, and its last session (and those that the types
 * of `items` and their parts name). The version is read before the terms, so what is kept under
 * it is never older.
 */
export async function loadCatalogue(
  { tx, kept }: Pick<ReadContext, 'tx' | 'kept'>,
  eventId: string,
  codes: readonly string[],
  items?: readonly { readonly ticketTypeId: string }[],
): Promise<Catalogue | undefined> {
  const [event, sessions] = await Promise.all([
    tx.events.events.find(eventId),
    tx.events.sessions.lastOf(eventId),
  ]);
  if (event === undefined) return undefined;
  const terms = await kept.get(Terms, eventId, event.catalogueVersion, () => readTerms(tx, event));
  const named = await codesNamed(tx, eventId, terms, codes);
  const types = items?.map(({ ticketTypeId }) => terms.ticketTypes.get(ticketTypeId)) ?? [
    ...terms.ticketTypes.values(),
  ];
  const parts = types
    .flatMap((type) => type?.terms.parts ?? [])
    .map(({ ticketTypeId }) => terms.ticketTypes.get(ticketTypeId));
  const own = [...new Set([...types, ...parts].flatMap((type) => type?.sessionIds ?? []))];
  return {
    event,
    sessions:
      own.length === 0 ? sessions : [...sessions, ...(await tx.events.sessions.findMany(own))],
    currency: event.currency,
    policy: event.pricePolicy,
    ticketTypes: terms.ticketTypes,
    ...terms.prices,
    codes: named,
  };
}

async function readTerms(tx: ReadContext['tx'], event: EventRecord): Promise<Terms> {
  // Asked at once, so that they are one round trip.
  const [types, discounts, fees, taxes] = await Promise.all([
    tx.events.ticketTypes.ofEvent(event.id),
    tx.pricing.discounts.ofEvent(event.id),
    tx.pricing.fees.ofEvent(event.id),
    tx.pricing.taxes.ofOrganizer(event.organizerId),
  ]);
  return new Terms(types, {
    discounts,
    // What is taken of the whole charge comes after all that is part of it.
    fees: [
      ...fees.filter(({ basis }) => basis === 'price'),
      ...fees.filter(({ basis }) => basis === 'charge'),
    ],
    taxes: new TaxTable(taxes),
  });
}

/** The codes of these names; those that nobody named before are read. */
async function codesNamed(
  tx: ReadContext['tx'],
  eventId: string,
  { codes: kept }: Terms,
  named: readonly string[],
): Promise<ReadonlyMap<string, CodeRecord>> {
  const keys = [...new Set(named.map(codeKey))];
  const missing = keys.filter((key) => !kept.has(key));
  const read = missing.length === 0 ? [] : await tx.pricing.codes.findByKeys(eventId, missing);
  const found = new Map(read.map((code) => [code.codeKey, code]));
  if (kept.size + missing.length > KEPT_CODES) kept.clear();
  for (const key of missing) kept.set(key, found.get(key) ?? null);
  const codes = new Map<string, CodeRecord>();
  for (const key of keys) {
    const code = found.get(key) ?? kept.get(key) ?? undefined;
    if (code !== undefined) codes.set(key, code);
  }
  return codes;
}
