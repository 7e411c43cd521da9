import type { InvoiceFinding } from '@ticketi/core';
import { columnsOf } from '../columns.ts';
import type { Dialect } from '../dialect/dialect.ts';
import type { Sql } from '../sql.ts';

const findings = columnsOf<InvoiceFinding>({
  finding: 'text',
  id: 'text',
  expected: 'integer',
  actual: 'integer',
});

/** What of invoices cannot be, and would be a gap in somebody's books. */
export async function findingsOf(sql: Sql, dialect: Dialect): Promise<InvoiceFinding[]> {
  const invoices = dialect.table('invoices');
  const [series, orders] = [dialect.table('invoice_series'), dialect.table('orders')];
  const statements = [
    // As many different numbers as the last one says, from 1 on.
    `SELECT 'gap' AS finding, organizer_id || ' ' || kind || ' ' || year AS id,
            last_number AS expected, numbers AS actual
     FROM (SELECT s.organizer_id, s.kind, s.year, s.last_number,
                  (SELECT count(DISTINCT i.sequence) FROM ${invoices} AS i
                   WHERE i.organizer_id = s.organizer_id AND i.kind = s.kind AND i.year = s.year
                     AND i.sequence BETWEEN 1 AND s.last_number) AS numbers
           FROM ${series} AS s) AS counted
     WHERE numbers <> last_number ORDER BY id`,
    `SELECT 'double' AS finding, organizer_id || ' ' || kind || ' ' || year || ' ' || sequence AS id,
            1 AS expected, count(*) AS actual
     FROM ${invoices} GROUP BY organizer_id, kind, year, sequence HAVING count(*) > 1 ORDER BY id`,
    // Numbers that no series gave.
    `SELECT 'gap' AS finding, i.id, 0 AS expected, i.sequence AS actual
     FROM ${invoices} AS i LEFT JOIN ${series} AS s
       ON s.organizer_id = i.organizer_id AND s.kind = i.kind AND s.year = i.year
     WHERE s.last_number IS NULL OR i.sequence > s.last_number ORDER BY i.id`,
    `SELECT 'total' AS finding, i.id, coalesce(o.total, 0) AS expected, i.total AS actual
     FROM ${invoices} AS i LEFT JOIN ${orders} AS o ON o.id = i.order_id AND o.event_id = i.event_id
     WHERE i.kind = 'invoice' AND coalesce(o.total, 0) <> i.total ORDER BY i.id`,
    // Line by line as the order was priced.
    `SELECT 'lines' AS finding, id, expected, actual
     FROM (SELECT i.id, ${dialect.sumOf('o.quote', 'lines', 'total')} AS expected,
                  ${dialect.sumOf('i.content', 'lines', 'gross')} AS actual
           FROM ${invoices} AS i JOIN ${orders} AS o ON o.id = i.order_id AND o.event_id = i.event_id
           WHERE i.kind = 'invoice') AS invoiced
     WHERE expected <> actual ORDER BY id`,
    `SELECT 'over_credited' AS finding, id, total AS expected, credited AS actual
     FROM (SELECT i.id, i.total,
                  (SELECT coalesce(sum(c.total), 0) FROM ${invoices} AS c WHERE c.invoice_id = i.id) AS credited
           FROM ${invoices} AS i WHERE i.kind = 'invoice') AS invoiced
     WHERE credited > total ORDER BY id`,
  ];
  const found: InvoiceFinding[] = [];
  for (const statement of statements) {
    found.push(...(await sql.rows<InvoiceFinding>(findings, statement)));
  }
  return found;
}
