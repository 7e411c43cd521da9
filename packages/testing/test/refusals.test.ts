import {
  operationsByName,
  refusalTypes,
  sandboxProvider,
  type Ticketi,
  TicketiError,
} from '@ticketi/core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { testClock } from '../src/index.ts';
import {
  type Contents,
  databases,
  type TestBase,
  ticketiOn,
  WEBHOOK_SECRET,
} from './support/databases.ts';
import { aScene, type RefusalCode, refused } from './support/refused.ts';

const codes = Object.keys(refusalTypes) as RefusalCode[];

test('what an operation refuses is among the refusals that callers can tell apart', () => {
  for (const [name, { refusals }] of operationsByName) {
    for (const refusal of refusals) expect(Object.values(refusalTypes), name).toContain(refusal);
  }
});

/** The tables whose rows are not the same any more. */
function changedTables(before: Contents, after: Contents): string[] {
  return [...after.keys()]
    .filter((table) => JSON.stringify(before.get(table)) !== JSON.stringify(after.get(table)))
    .sort();
}

describe.each(databases)('every refusal on %s', (_name, create) => {
  const clock = testClock();
  let base: TestBase;
  let ticketi: Ticketi;
  let crowded: Ticketi;

  beforeAll(async () => {
    base = await create();
    const unanswered = () => Promise.reject(new Error('no answer'));
    const offline = { create: unanswered, lookUp: unanswered, refund: unanswered };
    ticketi = await ticketiOn(base.storage(), clock, {
      payments: { sandbox: sandboxProvider({ secret: WEBHOOK_SECRET }), offline },
    });
    crowded = await ticketiOn(base.storage(), clock, { settings: { laneQueue: 0 }, wallet: {} });
  });
  afterAll(async () => {
    await crowded?.close();
    await ticketi?.close();
    await base?.drop();
  });

  test.each(codes)('%s: refused with its details, and nothing is left behind', async (code) => {
    const { act, leaves = [] } = await refused[code](await aScene({ ticketi, crowded, clock }));
    const before = await base.contents();
    const error = await act().then(
      () => undefined,
      (thrown: unknown) => thrown,
    );
    if (!(error instanceof TicketiError)) throw error ?? new Error('it was not refused');
    expect(error.code).toBe(code);
    expect(error.kind).toBe(refusalTypes[code].kind);
    expect(refusalTypes[code].details.parse(error.details)).toEqual(error.details);
    expect(changedTables(before, await base.contents())).toEqual(leaves);
  });
});
