/** A code that no door may admit any more. */
export interface Revocation {
  readonly ticketId: string;
  readonly issue: number;
  /** What became of the ticket. */
  readonly reason: string;
  /** Its place in the event's list; null: not numbered yet, it comes again with its number. */
  readonly sequence: number | null;
}

/** The revocations of an event that a device has, and up to which number none is missing. */
export function revocationList(first: readonly Revocation[] = []) {
  const revoked = new Map<string, Revocation>();
  let last = 0;

  function add(revocations: readonly Revocation[]): void {
    const numbers = revocations.flatMap(({ sequence }) => sequence ?? []);
    let next = last;
    for (const number of numbers.toSorted((a, b) => a - b)) {
      if (number > next + 1) {
        throw new RangeError(`Revocations ${next + 1} to ${number - 1} are missing.`);
      }
      next = Math.max(next, number);
    }
    // A revoked code stays so: nothing is ever taken off the list.
    for (const revocation of revocations) revoked.set(revocation.ticketId, revocation);
    last = next;
  }

  add(first);
  return {
    add,
    find: (ticketId: string): Revocation | undefined => revoked.get(ticketId),
    sequence: (): number => last,
  };
}
