import { constraints } from './constraints.ts';
import { idempotency } from './idempotency.ts';
import { inventory } from './inventory.ts';
import { leases } from './leases.ts';
import { migrations } from './migrations.ts';
import { pages } from './pages.ts';
import { roundTrips } from './round-trips.ts';
import type { Conformance, Opened, Part, TestTools } from './suite.ts';
import { transactions } from './transactions.ts';

const parts: Readonly<Record<string, (part: Part) => void>> = {
  transactions,
  pages,
  inventory,
  idempotency,
  leases,
  constraints,
  'round trips': roundTrips,
  migrations,
};

/**
 * The suite that every storage adapter passes. Call it in a test file of vitest:
 *
 * ```ts
 * import { afterAll, beforeAll, describe, expect, it } from 'vitest';
 *
 * storageConformance(
 *   { name: 'my storage', parallelWrites: true, open: async () => ({ storage, close }) },
 *   { describe, it, expect, beforeAll, afterAll },
 * );
 * ```
 *
 * Tests that need what the adapter does not offer (`another`, `joined`,
 * `makeNewer`) pass without looking.
 */
export function storageConformance(subject: Conformance, tools: TestTools): void {
  const { describe, beforeAll, afterAll } = tools;
  describe(`${subject.name} as a storage of Ticketi`, () => {
    let current: Opened | undefined;
    beforeAll(async () => {
      current = await subject.open();
    });
    afterAll(async () => {
      await current?.close();
    });
    const opened = (): Opened => {
      if (current === undefined) throw new Error('The storage is not open.');
      return current;
    };
    for (const [name, part] of Object.entries(parts)) {
      describe(name, () => {
        part({ ...tools, subject, opened, storage: () => opened().storage });
      });
    }
  });
}
