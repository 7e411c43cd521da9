import { createMail, type Mail, type Wallets } from './documents/index.ts';
import { jobs } from './jobs.ts';
import {
  type Actor,
  type Clock,
  createExecutor,
  createIds,
  createKept,
  createSecrets,
  defaultSettings,
  type ExecutorParts,
  generateSecret,
  type Ids,
  type Settings,
  secretFromText,
  system,
  systemClock,
  TicketiError,
  type Trace,
  type WebhookRules,
} from './kernel/index.ts';
import { manualProvider, type PaymentProviders } from './payments/index.ts';
import type { Storage, StorageCheck } from './port.ts';
import { type Surface, surfaceFor } from './surface.ts';
import {
  createSender,
  createSubscribers,
  type ResolveHost,
  type Subscribe,
  versionOf,
} from './webhooks/index.ts';
import { tick, type WorkOptions, type WorkReport, work } from './worker/index.ts';

export interface TicketiOptions {
  /** Where records are kept: `sqlite(...)` or `postgres(...)` of `@ticketi/storage`. */
  storage: Storage;
  /** Default: the machine's clock. */
  clock?: Clock;
  /** Default: UUIDv7 from the clock and the platform's randomness. */
  ids?: Ids;
  /**
   * The installation's secret: 32 random bytes, or their base64 or hex. It seals
   * signing keys, the secrets of webhook endpoints and the answers kept for
   * idempotency, and makes guests' access tokens. Without it one is made and kept in the database. `previous` ones still open what they
   * sealed and signed; the oldest is the last, and what a buyer has of a limit is found by it.
   */
  keys?: { secret: Uint8Array | string; previous?: readonly (Uint8Array | string)[] };
  /** Payment providers by name, besides `manual`, which is always there. */
  payments?: PaymentProviders;
  settings?: Partial<Omit<Settings, 'webhooks'>>;
  /** Where webhooks may go, and how they get there. */
  webhooks?: Partial<WebhookRules> & {
    /** Finds the addresses of a host. Default: the machine's resolver. */
    resolve?: ResolveHost;
    /** How long a receiver may take to answer, in milliseconds. Default 15,000. */
    timeoutMilliseconds?: number;
  };
  /** The keys that passes for phones are signed with. Without them there are none. */
  wallet?: Wallets;
  /** Called after every operation: for logs, metrics, spans. What it throws is ignored. */
  trace?: (trace: Trace) => void;
  /** Whether to bring the tables up to date at the start. Default true. */
  migrate?: boolean;
}

/**
 * The trusted handle. Its own operations act as the system and may do
 * everything, so code that faces the outside binds an actor first: `as(actor)`.
 */
export type Ticketi = Surface & {
  /** The same operations as this actor. */
  as(actor: Actor): Surface;
  /**
   * The same Ticketi inside a transaction of the host: `ticketi.within(storage.join(trx))`.
   * What it does is there when the host commits, and gone when it rolls back.
   * Workflows are refused there with `not_in_transaction`.
   */
  within(joined: Storage): Pick<Ticketi, keyof Surface | 'as'>;
  /**
   * One pass over the background work: does all that is due now, in a fixed order, and says
   * what that was. A job that takes longer than five minutes goes on in the next pass. With a test clock it is deterministic. Safe beside workers.
   */
  tick(): Promise<WorkReport>;
  /**
   * Does the background work until the signal is aborted or Ticketi is closed: expiry,
   * payments left open, refunds due, and all that is sent. Any number of processes may do
   * so at once. Resolves when what ran is finished.
   */
  work(options?: WorkOptions): Promise<void>;
  /**
   * Calls the handler with facts of these types (`'*'`: of all) after they have
   * committed, whichever process they come from, when this process's worker or
   * `outbox.dispatch` comes by. With a `name` none is lost: docs/webhooks.md.
   */
  readonly on: Subscribe;
  /**
   * Hands letters to the host's own mailer: tickets of paid orders, links to orders. Ticketi
   * sends no mail. Durable, at least once, and each letter with an id that stays: docs/documents.md.
   */
  readonly mail: Mail;
  /** Proves the database and the records sound: what `ticketi doctor` prints. */
  diagnose(): Promise<Diagnosis>;
  /** Ends the background work, waits for what is running, then closes the storage. */
  close(): Promise<void>;
};

export interface Diagnosis {
  ok: boolean;
  checks: readonly StorageCheck[];
}

/**
 * Opens Ticketi on a storage: migrates it, finds its secret, and returns the
 * operations.
 *
 * @throws TicketiError `database_too_new` when a newer version has migrated it,
 * `migrations_pending` with `migrate: false` on tables that are behind.
 */
export async function createTicketi(options: TicketiOptions): Promise<Ticketi> {
  const { storage, clock = systemClock } = options;
  if (options.migrate === false) await refuseIfBehind(storage);
  else await storage.migrate();

  const providers = { manual: manualProvider(), ...options.payments };
  const { resolve, timeoutMilliseconds = 15_000, ...rules } = options.webhooks ?? {};
  const webhooks = { ...defaultSettings.webhooks, ...rules };
  const elapsed = () => performance.now();
  const sender = createSender({ rules: webhooks, resolve, timeoutMilliseconds, elapsed });
  const subscribers = createSubscribers(() => clock.now());
  const parts: ExecutorParts = {
    storage,
    clock,
    ids: options.ids ?? createIds(clock),
    secrets: await secretsOf(options, clock),
    kept: createKept(),
    settings: { ...defaultSettings, ...options.settings, webhooks },
    providers,
    sender,
    subscribers,
    providerNames: Object.keys(providers),
    wallets: options.wallet ?? {},
    versionOf,
    elapsed,
    trace: options.trace,
  };
  const executor = createExecutor(parts);
  const trusted = surfaceFor(executor, system);
  const closing = new AbortController();
  const workers = new Set<Promise<void>>();
  return Object.assign(trusted, {
    as: (actor: Actor) => surfaceFor(executor, actor),
    on: subscribers.on,
    mail: createMail(subscribers.on, trusted.documents.letters),
    within(joined: Storage) {
      const inside = createExecutor({ ...parts, storage: joined });
      return Object.assign(surfaceFor(inside, system), {
        as: (actor: Actor) => surfaceFor(inside, actor),
      });
    },
    tick: () => tick(executor, jobs, clock),
    async work({ signal, ...hooks }: WorkOptions = {}) {
      const ends = signal === undefined ? [closing.signal] : [closing.signal, signal];
      const working = work(executor, jobs, AbortSignal.any(ends), hooks);
      workers.add(working);
      await working.finally(() => workers.delete(working));
    },
    async diagnose() {
      const stored = await storage.check();
      const records = await trusted.doctor.check();
      const secret = secretCheck(options);
      const checks = [...stored, secret, ...records.checks];
      return { ok: checks.every(({ ok }) => ok), checks };
    },
    async close() {
      closing.abort();
      await Promise.allSettled(workers);
      await executor.drained();
      sender.close();
      await storage.close();
    },
  });
}

async function refuseIfBehind(storage: Storage): Promise<void> {
  const pending = await storage.pendingMigrations();
  if (pending.length === 0) return;
  throw new TicketiError({
    code: 'migrations_pending',
    kind: 'conflict',
    message: `The database lacks ${pending.length} migrations: ${pending.join(', ')}.`,
    details: { pending },
    hint: 'Run `ticketi migrate`, or leave `migrate` at true.',
  });
}

async function secretsOf({ storage, keys }: TicketiOptions, clock: Clock) {
  if (keys !== undefined) {
    return createSecrets(bytesOf(keys.secret), (keys.previous ?? []).map(bytesOf));
  }
  const kept = await storage.write(
    async (tx) =>
      (await tx.secrets.find()) ??
      (await tx.secrets.keep(Buffer.from(generateSecret()).toString('base64'), clock.now())),
  );
  return createSecrets(secretFromText(kept));
}

function bytesOf(secret: Uint8Array | string): Uint8Array {
  return typeof secret === 'string' ? secretFromText(secret) : secret;
}

/** A secret inside the database is no fault, but whoever runs Ticketi should know. */
function secretCheck({ keys }: TicketiOptions): StorageCheck {
  return {
    name: 'secret',
    ok: true,
    message:
      keys === undefined
        ? 'the secret lies in the database: whoever reads it can sign tickets. Give `keys` to keep it apart.'
        : 'the secret comes from outside the database.',
  };
}
