import type { CodeRecord, FeeRecord, PricingWrites } from '@ticketi/core';
import type { Dialect } from '../dialect/dialect.ts';
import { inEvent, lookup, turns } from '../gathering.ts';
import type { Sql } from '../sql.ts';
import { defineTable, equals, type FilterOf, leads, statementsOf, writesOf } from '../table.ts';

const codes = defineTable<CodeRecord>('codes', {
  id: 'text',
  organizerId: 'text',
  eventId: 'text',
  code: 'text',
  codeKey: 'text',
  discount: 'json',
  validFrom: 'instant',
  validUntil: 'instant',
  ticketTypeIds: 'json',
  state: 'text',
  createdAt: 'instant',
  revision: 'integer',
});

const fees = defineTable<FeeRecord>('fees', {
  id: 'text',
  organizerId: 'text',
  eventId: 'text',
  name: 'text',
  percent: 'text',
  fixed: 'integer',
  per: 'text',
  mode: 'text',
  revision: 'integer',
});

interface Named {
  readonly eventId: string;
  readonly keys: readonly string[];
}

export function pricingStore(dialect: Dialect): (sql: Sql) => PricingWrites {
  const codeVerbs = writesOf<CodeRecord, FilterOf<PricingWrites['codes']>>(dialect, codes, {
    eventId: leads('event_id'),
    state: equals('state'),
  });
  const feeVerbs = writesOf<FeeRecord, FilterOf<PricingWrites['fees']>>(dialect, fees, {
    eventId: equals('event_id'),
  });
  const code = statementsOf(dialect, codes);
  const fee = statementsOf(dialect, fees);
  const codesNamed = inEvent<Named, CodeRecord[]>(turns.read, async (sql, eventId, asked) => {
    const keys = [...new Set(asked.flatMap((one) => one.keys))];
    if (keys.length === 0) return asked.map(() => []);
    const rows = await sql.rows<CodeRecord>(
      codes.columns,
      `${code.select} WHERE event_id = ? AND ${dialect.among('code_key')} ORDER BY id`,
      [eventId, dialect.list(keys)],
    );
    return asked.map((one) => rows.filter(({ codeKey }) => one.keys.includes(codeKey)));
  });
  const feeOf = lookup<FeeRecord>(
    turns.read,
    (sql, eventIds) =>
      sql.rows<FeeRecord>(fees.columns, `${fee.select} WHERE ${dialect.among('event_id')}`, [
        dialect.list(eventIds),
      ]),
    ({ eventId }) => eventId,
  );

  return (sql) => ({
    codes: {
      ...codeVerbs(sql),
      findByKeys: (eventId, keys) => sql.ask(codesNamed, { eventId, keys }),
    },
    fees: {
      ...feeVerbs(sql),
      ofEvent: (eventId) => sql.ask(feeOf, eventId),
    },
  });
}
