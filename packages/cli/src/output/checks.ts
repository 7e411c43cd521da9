import { type Column, harmless, table } from './columns.ts';
import type { Paint } from './paint.ts';

export interface Check {
  readonly name: string;
  readonly ok: boolean;
  readonly message: string;
}

/** What was checked, with a mark each. */
export function checksTable(
  paint: Paint,
  checks: readonly Check[],
  width: number | undefined,
): string {
  const columns: Column<Check>[] = [
    { title: '', cell: ({ ok }) => (ok ? paint.green('✓') : paint.red('✗')) },
    { title: 'check', cell: ({ name }) => name },
    { title: 'what was found', cell: ({ message }) => harmless(message) },
  ];
  const failing = checks.filter(({ ok }) => !ok).length;
  const verdict =
    failing === 0
      ? paint.green(`All ${checks.length} checks are well.`)
      : paint.red(`${failing} of ${checks.length} checks failed.`);
  return `${table(paint, columns, checks, width)}\n${verdict}\n`;
}
