import type { Dialect } from '../../dialect/dialect.ts';

export function giftCards({ ddl, table }: Dialect): readonly string[] {
  const { text, integer, instant } = ddl.type;
  return [
    `CREATE TABLE ${table('gift_cards')} (
      id ${text} NOT NULL PRIMARY KEY,
      organizer_id ${text} NOT NULL REFERENCES ${table('organizers')} (id),
      code_hash ${text} NOT NULL UNIQUE,
      last_four ${text} NOT NULL,
      currency ${text} NOT NULL,
      loaded ${integer} NOT NULL CHECK (loaded BETWEEN 1 AND 999999999999),
      spent ${integer} NOT NULL,
      state ${text} NOT NULL CHECK (state IN ('active', 'disabled')),
      expires_at ${instant},
      note ${text},
      created_at ${instant} NOT NULL,
      revision ${integer} NOT NULL,
      CHECK (spent BETWEEN 0 AND loaded)
    ) ${ddl.updatedTable}`,
    `CREATE INDEX ${ddl.index('gift_cards_organizer')} ON ${table('gift_cards')} (organizer_id, id)`,
    `CREATE TABLE ${table('gift_card_uses')} (
      id ${text} NOT NULL,
      organizer_id ${text} NOT NULL,
      event_id ${text} NOT NULL,
      gift_card_id ${text} NOT NULL REFERENCES ${table('gift_cards')} (id),
      order_id ${text} NOT NULL,
      amount ${integer} NOT NULL CHECK (amount > 0),
      refunded ${integer} NOT NULL,
      used_at ${instant} NOT NULL,
      expires_at ${instant},
      paid_at ${instant},
      released_at ${instant},
      UNIQUE (order_id, gift_card_id, event_id),
      CHECK ((paid_at IS NULL) <> (expires_at IS NULL)),
      CHECK (paid_at IS NULL OR released_at IS NULL),
      CHECK (refunded = 0 OR paid_at IS NOT NULL),
      CHECK (refunded BETWEEN 0 AND amount),
      PRIMARY KEY (id, event_id),
      FOREIGN KEY (order_id, event_id) REFERENCES ${table('orders')} (id, event_id)
    ) ${ddl.updatedTable}`,
    `CREATE INDEX ${ddl.index('gift_card_uses_card')} ON ${table('gift_card_uses')} (gift_card_id, id)`,
    `CREATE INDEX ${ddl.index('gift_card_uses_lapsing')} ON ${table('gift_card_uses')} (gift_card_id, expires_at)
      WHERE released_at IS NULL AND expires_at IS NOT NULL`,
    `CREATE TABLE ${table('gift_card_refunds')} (
      id ${text} NOT NULL,
      organizer_id ${text} NOT NULL,
      event_id ${text} NOT NULL,
      gift_card_id ${text} NOT NULL,
      order_id ${text} NOT NULL,
      use_id ${text} NOT NULL,
      order_refund_id ${text} NOT NULL,
      amount ${integer} NOT NULL CHECK (amount > 0),
      created_at ${instant} NOT NULL,
      PRIMARY KEY (id, event_id),
      FOREIGN KEY (use_id, event_id) REFERENCES ${table('gift_card_uses')} (id, event_id)
    ) ${ddl.table}`,
    `CREATE INDEX ${ddl.index('gift_card_refunds_use')} ON ${table('gift_card_refunds')} (use_id)`,
    `CREATE INDEX ${ddl.index('gift_card_refunds_order_refund')} ON ${table('gift_card_refunds')} (order_refund_id)`,
    `CREATE INDEX ${ddl.index('gift_card_refunds_organizer')} ON ${table('gift_card_refunds')} (organizer_id, id)`,
  ];
}
