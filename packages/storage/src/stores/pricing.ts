import type { CodeRecord, FeeRecord, PricingWrites } from '@ticketi/core';
import type { Dialect } from '../dialect/dialect.ts';
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

  return (sql) => ({
    codes: {
      ...codeVerbs(sql),
      async findByKeys(eventId, keys) {
        if (keys.length === 0) return [];
        return sql.rows<CodeRecord>(
          codes.columns,
          `${code.select} WHERE event_id = ? AND ${dialect.among('code_key')} ORDER BY id`,
          [eventId, dialect.list(keys)],
        );
      },
    },
    fees: {
      ...feeVerbs(sql),
      async ofEvent(eventId) {
        const [row] = await sql.rows<FeeRecord>(fees.columns, `${fee.select} WHERE event_id = ?`, [
          eventId,
        ]);
        return row;
      },
    },
  });
}
