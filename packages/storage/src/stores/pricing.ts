import type {
  CodeRecord,
  DiscountRecord,
  FeeRecord,
  PricingWrites,
  TaxRecord,
} from '@ticketi/core';
import type { Dialect } from '../dialect/dialect.ts';
import { inEvent, turns } from '../gathering.ts';
import type { Sql } from '../sql.ts';
import {
  allOf,
  defineTable,
  equals,
  type FilterOf,
  leads,
  removing,
  statementsOf,
  writesOf,
} from '../table.ts';

const codes = defineTable<CodeRecord>('codes', {
  id: 'text',
  organizerId: 'text',
  eventId: 'text',
  code: 'text',
  codeKey: 'text',
  discount: 'json',
  unlocks: 'json',
  maxTickets: 'integer',
  maxPerBuyer: 'integer',
  minTickets: 'integer',
  minValue: 'integer',
  stacking: 'text',
  reserve: 'json',
  batch: 'text',
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
  min: 'integer',
  max: 'integer',
  per: 'text',
  mode: 'text',
  basis: 'text',
  taxClass: 'text',
  ticketTypeIds: 'json',
  revision: 'integer',
});

const discounts = defineTable<DiscountRecord>('discounts', {
  id: 'text',
  organizerId: 'text',
  eventId: 'text',
  name: 'text',
  rule: 'json',
  ticketTypeIds: 'json',
  validFrom: 'instant',
  validUntil: 'instant',
  position: 'integer',
  revision: 'integer',
});

const taxes = defineTable<TaxRecord>('taxes', {
  id: 'text',
  organizerId: 'text',
  name: 'text',
  taxClass: 'text',
  place: 'text',
  percent: 'text',
  compound: 'boolean',
  position: 'integer',
  validFrom: 'instant',
  validUntil: 'instant',
  revision: 'integer',
});

interface Named {
  readonly eventId: string;
  readonly keys: readonly string[];
}

export function pricingStore(dialect: Dialect): (sql: Sql) => PricingWrites {
  const codeVerbs = writesOf<CodeRecord, FilterOf<PricingWrites['codes']>>(dialect, codes, {
    batch: equals('batch'),
    eventId: leads('event_id'),
    state: equals('state'),
  });
  const feeVerbs = writesOf<FeeRecord, FilterOf<PricingWrites['fees']>>(dialect, fees, {
    eventId: equals('event_id'),
  });
  const discountVerbs = writesOf<DiscountRecord, FilterOf<PricingWrites['discounts']>>(
    dialect,
    discounts,
    { eventId: equals('event_id') },
  );
  const taxVerbs = writesOf<TaxRecord, FilterOf<PricingWrites['taxes']>>(dialect, taxes, {
    organizerId: equals('organizer_id'),
  });
  const code = statementsOf(dialect, codes);
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
  const feesOf = allOf(dialect, fees, 'event_id', 'id');
  const discountsOf = allOf(dialect, discounts, 'event_id', 'position, id');
  const taxesOf = allOf(dialect, taxes, 'organizer_id', 'tax_class, place, position, id');

  return (sql) => ({
    codes: {
      ...codeVerbs(sql),
      findByKeys: (eventId, keys) => sql.ask(codesNamed, { eventId, keys }),
    },
    fees: {
      ...feeVerbs(sql),
      remove: removing(dialect, fees)(sql),
      ofEvent: feesOf(sql),
    },
    discounts: {
      ...discountVerbs(sql),
      remove: removing(dialect, discounts)(sql),
      ofEvent: discountsOf(sql),
    },
    taxes: {
      ...taxVerbs(sql),
      remove: removing(dialect, taxes)(sql),
      ofOrganizer: taxesOf(sql),
    },
  });
}
