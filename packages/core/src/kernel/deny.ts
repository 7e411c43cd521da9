import type { ReadContext } from './context.ts';
import type { AnyOperation } from './operation.ts';
import { notAllowed, type Refusal, unauthenticated } from './refusal.ts';

/** The refusal for a caller whom the operation's rule does not let in. */
export async function deny(
  operation: AnyOperation,
  context: ReadContext,
  input: unknown,
): Promise<Refusal | undefined> {
  if (context.actor.type === 'system') return undefined;
  if (await operation.allow.check(context, input)) return undefined;
  const details = { operation: operation.name, allowed: operation.allow.who };
  return context.actor.type === 'anonymous' ? unauthenticated(details) : notAllowed(details);
}
