import { isTicketiError } from '@ticketi/core';

/** How a call came out for who made it. */
export type Outcome =
  | { readonly is: 'done'; readonly output: unknown }
  | { readonly is: 'refused'; readonly code: string }
  /** Whether it is done the caller does not know: they have to ask again. */
  | { readonly is: 'unanswered'; readonly code: string }
  /** What should never be. */
  | { readonly is: 'failed'; readonly message: string };

/** What is heard when the database or the provider is away. */
const AWAY = new Set(['storage_unavailable', 'commit_uncertain', 'provider_unreachable']);
/** Who meets nobody has no conflict, and the simulator asks for nothing that cannot be asked. */
const STRANGE = new Set(['conflict', 'busy', 'invalid_input', 'wrong_secret']);

/** @param isExcused whether something was made to go wrong meanwhile */
export function outcomeOfError(error: unknown, isExcused: boolean): Outcome {
  const message = error instanceof Error ? (error.stack ?? error.message) : String(error);
  if (!isTicketiError(error)) return { is: 'failed', message };
  const { code, kind } = error;
  if (AWAY.has(code) && isExcused) return { is: 'unanswered', code };
  const isStrange = AWAY.has(code) || STRANGE.has(code) || kind === 'fault';
  return isStrange ? { is: 'failed', message } : { is: 'refused', code };
}

export function codeOf(outcome: Outcome): string {
  switch (outcome.is) {
    case 'done':
    case 'failed':
      return outcome.is;
    case 'refused':
    case 'unanswered':
      return outcome.code;
  }
}
