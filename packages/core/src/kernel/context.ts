import type { EventType, ReadTx, Wallets, WriteTx } from '../port.ts';
import type { Actor } from './actor.ts';
import type { Ids } from './ids.ts';
import type { Instant } from './instant.ts';
import type { Kept } from './kept.ts';
import type { Secrets } from './secrets.ts';
import type { Settings } from './settings.ts';

/** A fact that a write made true. It becomes an outbox row in the same transaction. */
export interface DomainEvent {
  /** `room.what_happened`, as `order.paid`: one of the catalogue in `webhooks/catalogue.ts`. */
  type: EventType;
  organizerId: string | null;
  eventId: string | null;
  /** The id of the record that changed. */
  subject: string;
  /** The record after the change, without secrets. */
  data: object;
}

type Emit = (event: DomainEvent) => void;

/** What an operation knows, besides its input. `now` stands still while it runs. */
export interface ReadContext {
  readonly tx: ReadTx;
  readonly actor: Actor;
  readonly now: Instant;
  readonly settings: Settings;
  readonly secrets: Secrets;
  /** What was read before and is still true. */
  readonly kept: Kept;
  /** Names of the payment providers that are set up; what they do runs outside of transactions. */
  readonly providerNames: readonly string[];
  /** The keys that passes for phones are signed with. */
  readonly wallets: Wallets;
}

/** Where a command belongs, as it was found before its transaction began: ids that never change. */
export interface Route {
  /** The record that the input names. */
  readonly subject: string;
  /** The event: whose lane it is. */
  readonly key: string;
  /** The record behind the subject on which commands meet. Default: the subject. */
  readonly record?: string;
}

export interface WriteContext extends ReadContext {
  readonly tx: WriteTx;
  readonly ids: Ids;
  readonly emit: Emit;
  /** Undefined where nothing was to be found, or the command has a transaction of its own. */
  readonly route: Route | undefined;
}

/** What the commands of one batch share; the rest belongs to the command. */
export type BatchContext = Omit<WriteContext, 'actor' | 'emit' | 'route'>;

export interface Command<Input> {
  readonly actor: Actor;
  readonly input: Input;
  /** The record that it changes, where its operation's lane names one. */
  readonly subject: string | undefined;
  readonly route: Route | undefined;
  readonly emit: Emit;
}
