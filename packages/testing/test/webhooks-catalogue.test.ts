import { EVENT_TYPES, type EventType, eventSchema, eventTypes, type Ticketi } from '@ticketi/core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { testClock } from '../src/index.ts';
import { databases, type TestBase, ticketiOn } from './support/databases.ts';
import { walkAllWrites } from './support/walk.ts';

/** Types that a walk does not meet: each is the answer of a provider that is not the sandbox's first. */
const NOT_WALKED: readonly EventType[] = [
  'payment.requires_action',
  'payment.declined',
  'payment.cancelled',
  'payment.discrepancy',
  'payment.discrepancy_resolved',
  'refund.pending',
  'refund.failed',
  'refund_run.done',
  'refund_run.retried',
  'listing.expired',
  'listing.invalidated',
  'listing.settled',
  'transfer.expired',
  'transfer.invalidated',
  'webhook_endpoint.disabled',
  'webhook.test',
];

describe.each(databases)('facts of every operation on %s', (_name, create) => {
  const clock = testClock();
  let base: TestBase;
  let ticketi: Ticketi;
  let organizerId: string;
  const facts: { type: string; version: number; data: object }[] = [];

  beforeAll(async () => {
    base = await create();
    ticketi = await ticketiOn(base.storage(), clock);
    await walkAllWrites(
      ticketi,
      (minutes) => clock.advance({ minutes }),
      async (operation, run) => {
        // The last of the walk deletes the facts that all have got.
        if (operation === 'outbox.sweep') {
          for await (const fact of ticketi.outbox.iterate({ organizerId })) facts.push(fact);
        }
        const output = await run();
        if (operation === 'organizers.create') organizerId = Object(output).id;
        return output;
      },
    );
  });
  afterAll(async () => {
    await ticketi?.close();
    await base?.drop();
  });

  test('have the form that the catalogue says, field by field, and its version', () => {
    expect(facts.length).toBeGreaterThan(80);
    for (const { type, version, data } of facts) {
      const kind = Object.entries(eventTypes).find(([name]) => name === type)?.[1];
      expect(kind, type).toBeDefined();
      expect(version, type).toBe(kind?.version);
      // What the schema does not name is left out of what it gives back.
      expect(kind?.data.parse(data), type).toEqual(data);
    }
  });

  test('are of every type but those that are named here', () => {
    const met = new Set(facts.map(({ type }) => type));
    expect(EVENT_TYPES.filter((type) => !met.has(type)).sort()).toEqual([...NOT_WALKED].sort());
  });
});

test('a fact of a type that is not in the catalogue does not compile', () => {
  // @ts-expect-error `order.eaten` is none
  const type: EventType = 'order.eaten';
  expect(EVENT_TYPES).not.toContain(type);
});

test('the form of each type is there as JSON Schema', () => {
  for (const type of EVENT_TYPES) {
    const text = JSON.stringify(eventSchema(type));
    expect(text, type).toContain('https://json-schema.org/draft/2020-12/schema');
    expect(text, type).toContain('"properties"');
  }
});
