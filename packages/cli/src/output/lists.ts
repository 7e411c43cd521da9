import { cellOf, type Row } from './cells.ts';
import { type Column, table } from './columns.ts';
import type { Paint } from './paint.ts';

/** The columns of a list, by the prefix of the ids in it. `>` aligns right, `~` may be cut. */
const columnsByPrefix: Readonly<Record<string, readonly string[]>> = {
  org: ['id', '~name', 'createdAt'],
  mbr: ['id', '~userId', 'role', 'createdAt'],
  evt: ['id', '~name', 'state', 'timezone', 'currency'],
  ses: ['id', '~name', 'startsAt', 'endsAt', 'state'],
  typ: ['id', '~name', '>price', '>maxPerOrder', 'state'],
  pol: ['id', '~name', '>claimed', '>available', '>capacity'],
  blk: ['id', 'poolId', 'sessionId', '>units', '>released', '~reason', 'state'],
  cod: ['id', '~code', 'discount', '>used', '>maxUses', '~batch', 'state'],
  dsc: ['id', '~name', '~rule', 'validFrom', 'validUntil', '>position'],
  fee: ['id', '~name', '>percent', '>fixed', '>min', '>max', 'per', 'mode', 'basis', 'taxClass'],
  tax: ['id', '~name', 'taxClass', 'place', '>percent', 'compound', 'validFrom', 'validUntil'],
  tir: ['~name', '>price', 'until', '>quantity'],
  ord: ['id', '~buyer', '>total', 'state'],
  tkt: ['id', '~name', '~holder', '>price', 'state'],
  scn: ['at', 'admitted', 'reason', '~ticketName', '~holderName', '~gate'],
  lst: ['id', '~name', '>price', '>buyerFee', 'state'],
  obx: ['at', 'type', 'subject', '~actor'],
  obf: ['outboxId', 'subscriber', '>attempts', '~error', 'nextAttemptAt', 'parkedAt'],
  whe: ['id', '~url', 'state', 'disabledReason'],
  whd: ['id', 'type', 'state', '>attempts', '>status', 'error', 'nextAttemptAt'],
  aud: ['at', 'operation', '~actor', 'eventId'],
  pay: ['id', 'provider', '>amount', 'state', 'createdAt'],
  ref: ['id', '>amount', 'state'],
  ent: ['at', 'kind', '~sourceId', 'item', '>amount', '>balance'],
  pyt: ['id', '>amount', 'state', '~reference', 'createdAt'],
  inv: ['number', 'kind', 'issuedAt', '~buyer', '>total', '>credited', 'id'],
  gft: ['id', 'lastFour', '~note', '>balance', '>loaded', 'expiresAt', 'state'],
};

/**
 * Records as a table, with the columns that suit them.
 *
 * @param currency of their amounts, where it stands in the record around them
 */
export function listTable(
  paint: Paint,
  rows: readonly Row[],
  width: number | undefined,
  wish?: readonly string[],
  currency?: unknown,
): string {
  const [first] = rows;
  if (first === undefined) return `${paint.dim('none')}\n`;
  const prefix = typeof first.id === 'string' ? first.id.slice(0, 3) : '';
  const specs = wish ?? columnsByPrefix[prefix] ?? Object.keys(first).map((field) => `~${field}`);
  return table(
    paint,
    specs.map((spec) => columnOf(paint, spec, currency)),
    rows,
    width,
  );
}

function columnOf(paint: Paint, spec: string, currency: unknown): Column<Row> {
  const field = spec.replace(/^[>~]/, '');
  return {
    title: titleOf(field),
    cell: (row) => cellOf(paint, { currency, ...row }, field),
    ...(spec.startsWith('>') ? { align: 'right' as const } : {}),
    ...(spec.startsWith('~') ? { cuts: true as const } : {}),
  };
}

/** `createdAt` is `created`, `maxPerOrder` is `max per order`. */
export function titleOf(field: string): string {
  return field.replace(/(?<=.)At$/, '').replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
}
