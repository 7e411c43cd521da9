import { digits, type Result } from './result.ts';

/** The results as a plain table, for people. */
export function tableOf(results: readonly Result[]): string {
  return results.map(textOf).join('\n\n');
}

function textOf({ row, unit, figures, aims, notes = [] }: Result): string {
  const lines = Object.entries(figures).map(([name, { perSecond, p50, p99 }]) => [
    `  ${name}`,
    `${digits(perSecond)} ${unit}/s`,
    `p50 ${digits(p50)} ms`,
    `p99 ${digits(p99)} ms`,
  ]);
  const promises = aims.map(
    ({ what, aim, found, met }) => `  ${met ? 'met   ' : 'MISSED'}  ${found} ${what} (aim ${aim})`,
  );
  return [row, ...aligned(lines), ...promises, ...notes.map((note) => `  ${note}`)].join('\n');
}

function aligned(lines: readonly (readonly string[])[]): string[] {
  const widths: number[] = [];
  for (const line of lines) {
    line.forEach((cell, at) => {
      widths[at] = Math.max(widths[at] ?? 0, cell.length);
    });
  }
  return lines.map((line) =>
    line
      .map((cell, at) => (at === 0 ? cell.padEnd(widths[at] ?? 0) : cell.padStart(widths[at] ?? 0)))
      .join('  '),
  );
}
