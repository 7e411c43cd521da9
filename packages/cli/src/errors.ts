/** A mistake in how the command was called: exit code 3. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
  readonly code = 'usage';
  readonly hint: string | undefined;

  constructor(message: string, more: string | { hint?: string; cause?: unknown } = {}) {
    const { hint, cause } = typeof more === 'string' ? { hint: more, cause: undefined } : more;
    super(message, cause === undefined ? undefined : { cause });
    this.hint = hint;
  }
}

/** The user's Ctrl-C, also inside a prompt: exit code 130. */
export class Interrupted extends Error {
  override readonly name = 'Interrupted';
}

export const exitCodes = {
  done: 0,
  failure: 1,
  usage: 3,
  denied: 4,
  conflict: 5,
  missing: 6,
  interrupted: 130,
} as const;

/** The word of `candidates` that was probably meant. */
export function nearest(word: string, candidates: readonly string[]): string | undefined {
  const [best] = candidates
    .map((candidate) => ({ candidate, distance: distance(word, candidate) }))
    .filter(({ candidate, distance: d }) => d <= Math.max(1, Math.floor(candidate.length / 3)))
    .sort((a, b) => a.distance - b.distance);
  return best?.candidate;
}

/** Levenshtein distance. */
function distance(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (const [i, letter] of [...from].entries()) {
    const next = [i + 1];
    for (const [j, other] of [...to].entries()) {
      next.push(
        Math.min(
          (next[j] ?? 0) + 1,
          (row[j + 1] ?? 0) + 1,
          (row[j] ?? 0) + (letter === other ? 0 : 1),
        ),
      );
    }
    row = next;
  }
  return row[to.length] ?? 0;
}
