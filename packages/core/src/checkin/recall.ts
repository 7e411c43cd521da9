import { type Door, type Passage, type Presence, pass } from './decide.ts';

/**
 * Where a place stands with a passage that the door itself let through, before it started again
 * with a bundle that does not have it. What was before the last passage that the bundle has says
 * nothing of where the place is now: of an entry, that it was used, and of an exit nothing.
 */
export function recalled(
  door: Door,
  { was, inBundle }: { readonly was: Presence; readonly inBundle: Presence },
  passage: Passage,
): Presence {
  if (isBefore(passage, inBundle)) {
    return passage.direction === 'entry' ? { ...was, entries: was.entries + 1 } : was;
  }
  const verdict = pass(door, was, passage);
  return verdict.admitted ? verdict.presence : was;
}

function isBefore({ at }: Passage, { lastAt, leftAt }: Presence): boolean {
  return (lastAt !== null && at < lastAt) || (leftAt !== null && at < leftAt);
}
