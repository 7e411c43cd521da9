import type { ReadTx, Storage, WriteTx } from '@ticketi/core';
import { type SqliteDatabase, sqlite } from '@ticketi/storage/sqlite';
import Database from 'better-sqlite3';
import type { SimulateOptions } from '../../src/index.ts';

/** A guard that is taken away, and the invariant that finds it missing. */
export interface Control {
  readonly name: string;
  readonly caughtBy: string;
  readonly sabotage?: NonNullable<SimulateOptions['sabotage']>;
  /** Default: SQLite in memory as it is. */
  readonly storage?: () => Storage;
}

const atOnce = () => Promise.resolve();
export const inMemory = (): Storage => sqlite(':memory:', 'ticketi_', atOnce);

export const controls: readonly Control[] = [
  {
    name: 'pools that have room for everybody',
    caughtBy: 'no place of a pool is sold twice',
    storage: () => sqlite({ database: unchecked }, 'ticketi_', atOnce),
    sabotage: { tx: (tx) => withInventory(tx, withoutCapacities(tx.inventory)) },
  },
  {
    name: 'uses of codes that nobody counts',
    caughtBy: 'no code is used more often than it may be',
    sabotage: {
      tx: (tx) =>
        withInventory(tx, {
          addUnits: (eventId, units) =>
            tx.inventory.addUnits(
              eventId,
              units.filter(({ targetId }) => !isCode(targetId)),
            ),
          claims: {
            insert: (rows) =>
              tx.inventory.claims.insert(rows.filter(({ targetId }) => !isCode(targetId))),
          },
        }),
    },
  },
  {
    name: 'buyers who come before those who wait',
    caughtBy: 'the public leaves what somebody waits for',
    sabotage: {
      tx: (tx) => ({
        ...tx,
        events: {
          ...tx.events,
          events: {
            ...tx.events.events,
            // Nobody finds the gate closed.
            async find(id) {
              const event = await tx.events.events.find(id);
              return event === undefined ? undefined : { ...event, waited: [] };
            },
          },
        },
      }),
    },
  },
  {
    name: 'money that came late and is kept',
    caughtBy: 'money that comes buys its order or goes back',
    sabotage: { tx: withoutStrayRefunds },
  },
  {
    name: 'tickets that change hands with their code',
    caughtBy: 'the code of a void ticket is revoked with it',
    sabotage: {
      tx: (tx) => ({
        ...tx,
        tickets: {
          ...tx.tickets,
          revocations: { ...tx.tickets.revocations, insert: () => Promise.resolve() },
        },
      }),
    },
  },
  {
    name: 'sales that nobody books',
    caughtBy: 'what is paid or given back is booked with it',
    sabotage: {
      tx: (tx) => ({
        ...tx,
        ledger: {
          ...tx.ledger,
          append(postings, entries) {
            const kept = postings.filter(({ kind }) => kind !== 'sale');
            const ids = new Set(kept.map(({ id }) => id));
            const its = entries.filter(({ postingId }) => ids.has(postingId));
            return tx.ledger.append(kept, its);
          },
        },
      }),
    },
  },
  {
    name: 'facts that nobody is told',
    caughtBy: 'every change has its outbox row, and no row is without its change',
    sabotage: { tx: (tx) => ({ ...tx, outbox: without(tx, 'order.paid') }) },
  },
  {
    name: 'answers that are not kept',
    caughtBy: 'a repeat gets the first answer',
    sabotage: {
      tx: (tx) => ({
        ...tx,
        idempotency: {
          ...tx.idempotency,
          find: () => Promise.resolve([]),
          insert: (rows) => Promise.resolve(rows.length),
        },
      }),
    },
  },
  {
    name: 'refunds that are sent twice under two names',
    caughtBy: 'no more goes back than came, and nothing twice',
    sabotage: {
      provider: (provider) => ({
        ...provider,
        async refund(request) {
          await provider.refund({ ...request, reference: `${request.reference}-again` });
          return provider.refund(request);
        },
      }),
    },
  },
  {
    name: 'commits that are acknowledged and are none',
    caughtBy: 'the database has what was committed, and no more',
    storage: () => forgettingCommits(inMemory()),
  },
  {
    name: 'entries that nobody remembers',
    caughtBy: 'no place comes in more often than its list allows',
    sabotage: {
      tx: (tx) => ({
        ...tx,
        checkin: {
          ...tx.checkin,
          presences: {
            ...tx.checkin.presences,
            ofPlaces: async (...asked) =>
              (await tx.checkin.presences.ofPlaces(...asked)).map((presence) => ({
                ...presence,
                entries: 0,
                inside: false,
                firstAt: null,
              })),
          },
        },
      }),
    },
  },
  {
    name: 'tickets that are not made',
    caughtBy: 'an order that becomes paid gets its tickets with it',
    sabotage: {
      tx: (tx) => ({
        ...tx,
        tickets: {
          ...tx.tickets,
          tickets: { ...tx.tickets.tickets, insert: () => Promise.resolve() },
          custody: { ...tx.tickets.custody, insert: () => Promise.resolve() },
        },
        outbox: without(tx, 'ticket.issued'),
      }),
    },
  },
  {
    name: 'places whose chain of custody has gaps',
    caughtBy: 'a new ticket is the next link of its place, and ends the one before it',
    sabotage: {
      tx: (tx) => ({
        ...tx,
        tickets: {
          ...tx.tickets,
          custody: {
            ...tx.tickets.custody,
            insert: (rows) =>
              tx.tickets.custody.insert(rows.filter(({ kind }) => kind !== 'transferred')),
          },
        },
      }),
    },
  },
  {
    name: 'offers that outlive their tickets',
    caughtBy: 'an open offer is of valid tickets that nobody used or offered twice',
    sabotage: {
      tx: (tx) => ({
        ...tx,
        transfers: {
          ...tx.transfers,
          offeredTickets: { ...tx.transfers.offeredTickets, among: () => Promise.resolve([]) },
        },
      }),
    },
  },
  {
    name: 'prices that are written down higher than they were asked',
    caughtBy: 'nobody asks more for a ticket than its cap',
    sabotage: {
      tx: (tx) =>
        withListings(tx, {
          insert: (rows) =>
            tx.resale.listings.insert(rows.map((row) => ({ ...row, price: 2 * row.paid + 1 }))),
        }),
    },
  },
  {
    name: 'sellers who are paid before the event is over',
    caughtBy:
      'a seller is paid once, for a ticket that changed hands, and paid out after its event',
    sabotage: {
      tx: (tx) => withListings(tx, { soldOfTicket: () => Promise.resolve(undefined) }),
    },
  },
  {
    name: 'merges that forget who came in before',
    caughtBy: 'what doors let in counts by their clocks, as often as its list allows',
    sabotage: {
      tx: (tx) => ({
        ...tx,
        checkin: {
          ...tx.checkin,
          scans: { ...tx.checkin.scans, admittedOf: () => Promise.resolve([]) },
        },
      }),
    },
  },
  {
    name: 'bundles that do not say who is in',
    caughtBy: 'a door without a connection decides by what was so when it got its bundle',
    sabotage: {
      read: (tx) => {
        const { presences } = tx.checkin;
        const blank = { ...presences, ofList: () => Promise.resolve([]) };
        return withRoom(tx, 'checkin', { ...tx.checkin, presences: blank });
      },
    },
  },
  {
    name: 'keys that are given up and forgotten',
    caughtBy: 'a key that was given up lets nobody in',
    sabotage: {
      tx: (tx) => ({
        ...tx,
        organizers: {
          ...tx.organizers,
          signingKeys: {
            ...tx.organizers.signingKeys,
            ofOrganizer: async (id) =>
              (await tx.organizers.signingKeys.ofOrganizer(id)).map((key) => ({
                ...key,
                revokedAt: null,
              })),
          },
        },
      }),
    },
  },
  {
    name: 'revocations that are numbered with gaps',
    caughtBy: 'the list of revocations is the same in whatever parts it is read',
    sabotage: {
      tx: (tx) => ({
        ...tx,
        tickets: {
          ...tx.tickets,
          revocations: {
            ...tx.tickets.revocations,
            number: (eventId, last, limit) =>
              tx.tickets.revocations.number(eventId, last + 1, limit),
          },
        },
      }),
    },
  },
  {
    name: 'revocations that nobody hears of before they have a number',
    caughtBy: 'the list of revocations is the same in whatever parts it is read',
    sabotage: {
      read: (tx) => {
        const numbered = { ...tx.tickets.revocations, unnumbered: () => Promise.resolve([]) };
        return withRoom(tx, 'tickets', { ...tx.tickets, revocations: numbered });
      },
    },
  },
];

/** A reading transaction with another store in it: its stores are made when they are asked for. */
function withRoom<Room extends keyof ReadTx>(tx: ReadTx, room: Room, value: ReadTx[Room]): ReadTx {
  return Object.create(tx, { [room]: { value } });
}

function withListings(tx: WriteTx, changes: Partial<WriteTx['resale']['listings']>): WriteTx {
  return { ...tx, resale: { ...tx.resale, listings: { ...tx.resale.listings, ...changes } } };
}

const isCode = (targetId: string) => targetId.startsWith('cod_');
const isPool = (targetId: string) => targetId.startsWith('pol_');

function withInventory(tx: WriteTx, changes: Partial<WriteTx['inventory']>): WriteTx {
  return { ...tx, inventory: { ...tx.inventory, ...changes } };
}

function withoutCapacities(inventory: WriteTx['inventory']): Partial<WriteTx['inventory']> {
  const blind = async (found: ReturnType<WriteTx['inventory']['counters']>) =>
    (await found).map((counter) =>
      isPool(counter.targetId) ? { ...counter, capacity: null } : counter,
    );
  return {
    counters: (eventId, targetIds) => blind(inventory.counters(eventId, targetIds)),
    lockCounters: (eventId, targetIds) => blind(inventory.lockCounters(eventId, targetIds)),
  };
}

/** An outbox that swallows one type of fact. */
function without(
  tx: WriteTx,
  type: string,
  isSo: (data: object) => boolean = () => true,
): WriteTx['outbox'] {
  return {
    ...tx.outbox,
    async append(rows) {
      const rest = rows.filter((row) => row.type !== type || !isSo(Object(row.data)));
      if (rest.length > 0) await tx.outbox.append(rest);
    },
  };
}

/** Sends back what somebody asks for, but not what found no order to buy. */
function withoutStrayRefunds(tx: WriteTx): WriteTx {
  const { refunds } = tx.payments;
  const isStray = (refund: object) => Reflect.get(refund, 'reason') !== 'requested';
  return {
    ...tx,
    payments: {
      ...tx.payments,
      refunds: {
        ...refunds,
        async insert(rows) {
          const asked = rows.filter((row) => !isStray(row));
          if (asked.length > 0) await refunds.insert(asked);
        },
      },
    },
    outbox: without(tx, 'refund.requested', isStray),
  };
}

/** A database whose counters may rise as far as anybody likes. */
function unchecked(): SqliteDatabase {
  const database = new Database(':memory:');
  database.pragma('ignore_check_constraints = ON');
  return {
    get inTransaction() {
      return database.inTransaction;
    },
    prepare: (statement) =>
      database.prepare(
        statement.replace(
          /AND \(c\.capacity IS NULL OR c\.claimed \+ d\.units <= c\.capacity\)/,
          '',
        ),
      ),
    exec: (statement) => database.exec(statement),
    pragma: (statement) => database.pragma(statement),
    close: () => database.close(),
  };
}

/** Every fiftieth transaction is rolled back, and said to be committed. */
function forgettingCommits(storage: Storage): Storage {
  let transactions = 0;
  return {
    ...storage,
    async write(work) {
      transactions += 1;
      if (transactions % 50 !== 0) return storage.write(work);
      const lost = new Error('lost');
      const results: Awaited<ReturnType<typeof work>>[] = [];
      await storage
        .write(async (tx) => {
          results.push(await work(tx));
          throw lost;
        })
        .catch((error: unknown) => {
          if (error !== lost) throw error;
        });
      const [result] = results;
      if (result === undefined) return storage.write(work);
      return result;
    },
  };
}
