interface Times {
  readonly id: string;
  readonly startsAt: string;
  readonly endsAt: string;
}

/** Those of `added` that run at the same time as another session, theirs or one of `others`. */
export function overlapping(added: readonly Times[], others: readonly Times[]): string[] {
  const found = new Set<string>();
  // By start: whatever is still running when one begins overlaps with it.
  const all = [...added, ...others].sort((a, b) => (a.startsAt < b.startsAt ? -1 : 1));
  let running: Times[] = [];
  for (const session of all) {
    running = running.filter(({ endsAt }) => session.startsAt < endsAt);
    for (const other of running) {
      found.add(other.id);
      found.add(session.id);
    }
    running.push(session);
  }
  return added.map(({ id }) => id).filter((id) => found.has(id));
}
