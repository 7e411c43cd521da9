import type { TestBase } from './databases.ts';

/** What one target of claims comes to, added up from the rows and not by Ticketi. */
export interface Account {
  readonly capacity: number | null;
  /** What the counter says. */
  readonly claimed: number;
  /** The sum of the claims that were not released. */
  readonly live: number;
}

/** Every counter of a database beside the sum of its claims, by target. */
export async function accountsOf(base: TestBase): Promise<ReadonlyMap<string, Account>> {
  const contents = await base.contents();
  const live = new Map<string, number>();
  for (const claim of rowsIn(contents.get('claims'))) {
    if (claim.released_at !== null) continue;
    const target = String(claim.target_id);
    live.set(target, (live.get(target) ?? 0) + Number(claim.units));
  }
  return new Map(
    rowsIn(contents.get('counters')).map((counter) => [
      String(counter.target_id),
      {
        capacity: counter.capacity === null ? null : Number(counter.capacity),
        claimed: Number(counter.claimed),
        live: live.get(String(counter.target_id)) ?? 0,
      },
    ]),
  );
}

/** Where the books do not balance, as text: oversold, or a counter that is not its claims. */
export function wrongIn(accounts: ReadonlyMap<string, Account>): string[] {
  return [...accounts].flatMap(([target, { capacity, claimed, live }]) => [
    ...(capacity !== null && live > capacity ? [`${target} sold ${live} of ${capacity}`] : []),
    ...(claimed === live ? [] : [`${target} says ${claimed}, its claims are ${live}`]),
  ]);
}

/** Rows of a table that were kept as text. */
export function rowsIn(texts: readonly string[] = []): Record<string, unknown>[] {
  return texts.map((text): Record<string, unknown> => JSON.parse(text));
}
