import { rowsIn } from './books.ts';
import type { Contents } from './databases.ts';
import type { Acknowledgement } from './shops.ts';

/** What somebody was told and is not there, or is there with another content. */
export function missing(acknowledged: readonly Acknowledgement[], contents: Contents): string[] {
  const holds = byField(contents, 'holds', 'user_id');
  const orders = byField(contents, 'orders', 'user_id');
  const tickets = byField(contents, 'tickets', 'order_id');
  const payments = byField(contents, 'payments', 'order_id');
  return acknowledged.flatMap(({ done, user, id, ticketTypeId, quantity }) => {
    const [hold, ...others] = holds.get(user) ?? [];
    const [order, ...more] = orders.get(user) ?? [];
    const items = JSON.stringify(jsonOf(hold?.items));
    const found = {
      held:
        items === JSON.stringify([{ ticketTypeId, quantity }]) &&
        others.length === 0 &&
        (id === undefined || hold?.id === id),
      ordered:
        order?.hold_id === hold?.id &&
        order?.buyer_email === `${user}@example.com` &&
        more.length === 0 &&
        (id === undefined || order?.id === id),
      paid:
        order?.state === 'paid' &&
        (id === undefined || order.id === id) &&
        payments.get(String(order.id))?.filter((own) => own.state === 'succeeded').length === 1 &&
        tickets
          .get(String(order.id))
          ?.filter((own) => own.state === 'valid' && own.ticket_type_id === ticketTypeId).length ===
          quantity,
    };
    return found[done] ? [] : [`${user} was told: ${done}`];
  });
}

/** Records without all that belongs to them: claims, tickets, one outbox row for each fact. */
export function halfDone(contents: Contents): string[] {
  const claims = byField(contents, 'claims', 'claimant_id');
  const tickets = byField(contents, 'tickets', 'order_id');
  const payments = byField(contents, 'payments', 'order_id');
  const facts = byField(contents, 'outbox', 'subject');
  const told = (id: unknown, type: string) =>
    (facts.get(String(id)) ?? []).filter((fact) => fact.type === type).length;

  const holds = rowsIn(contents.get('holds')).filter(({ id, items: bought }) => {
    const units = (claims.get(String(id)) ?? []).reduce((sum, own) => sum + Number(own.units), 0);
    const items = rowsOf(jsonOf(bought));
    const wanted = items.reduce((sum, item) => sum + Number(item.quantity), 0);
    return units !== wanted || told(id, 'hold.created') !== 1;
  });
  const orders = rowsIn(contents.get('orders')).filter(({ id, state }) => {
    const paid = state === 'paid' ? 1 : 0;
    const succeeded = (payments.get(String(id)) ?? []).filter((own) => own.state === 'succeeded');
    return (
      told(id, 'order.placed') !== 1 ||
      told(id, 'order.paid') !== paid ||
      succeeded.length !== paid ||
      succeeded.some((own) => told(own.id, 'payment.succeeded') !== 1) ||
      (tickets.get(String(id)) ?? []).length > 0 !== (paid === 1)
    );
  });
  const issued = rowsIn(contents.get('tickets')).filter(
    ({ id }) => told(id, 'ticket.issued') !== 1,
  );
  const known = new Set(
    [...contents].flatMap(([table, rows]) =>
      table === 'outbox' ? [] : rowsIn(rows).map(({ id }) => String(id)),
    ),
  );
  const stray = [...facts.keys()].filter((subject) => !known.has(subject));
  return [...[...holds, ...orders, ...issued].map(({ id }) => String(id)), ...stray];
}

function byField(contents: Contents, table: string, field: string) {
  return Map.groupBy(rowsIn(contents.get(table)), (row) => String(row[field]));
}

/** SQLite has a document as text, PostgreSQL as itself. */
function jsonOf(value: unknown): unknown {
  return typeof value === 'string' ? JSON.parse(value) : value;
}

function rowsOf(value: unknown): Record<string, unknown>[] {
  return Array.isArray(value) ? value : [];
}
