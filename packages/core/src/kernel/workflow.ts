import type * as z from 'zod';
import type { PaymentProviders, Subscribers, WebhookSender } from '../port.ts';
import type { Actor } from './actor.ts';
import type { Instant } from './instant.ts';
import type { Operation } from './operation.ts';

/** What a workflow has: other operations, what lies outside the database, the time. No transaction. */
export interface WorkflowContext {
  readonly actor: Actor;
  readonly now: () => Instant;
  /** Whether the caller gave an idempotency key: then a repeat goes on where this one stopped. */
  readonly keyed: boolean;
  readonly providers: PaymentProviders;
  readonly sender: WebhookSender;
  /** The handlers of this process. */
  readonly subscribers: Subscribers;
  /** Monotonic milliseconds, for durations only. */
  readonly elapsed: () => number;
  /**
   * Runs a step as the workflow's own caller, or as the actor that is given (the
   * guest that an anonymous caller has become). Refusals throw, as at the SDK's edge.
   */
  readonly call: CallStep;
  /** Runs a step as the system: for steps that no caller may run alone. */
  readonly callAsSystem: CallStep;
}

type CallStep = <Input extends z.ZodObject, Output extends z.ZodType>(
  operation: Operation<Input, Output>,
  input: z.input<Input>,
  actor?: Actor,
) => Promise<z.output<Output>>;
