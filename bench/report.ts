import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Machine } from './machine.ts';
import { digits, type Result } from './result.ts';

/** Everything of a run, as JSON has it. */
export interface Report {
  readonly machine: Machine;
  readonly date: string;
  /** How long and how often. */
  readonly effort: { readonly rounds: number; readonly seconds: number };
  readonly results: readonly Result[];
}

export const latest = fileURLToPath(new URL('results/latest.json', import.meta.url));
const page = fileURLToPath(new URL('../docs/benchmarks.md', import.meta.url));

const BEGIN = '<!-- figures: written by `npm run bench -- --write-docs` -->';
const END = '<!-- end of figures -->';

export function writeReport(file: string, report: Report): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, `${JSON.stringify(report, null, 2)}\n`);
}

/** Puts the figures of a report into docs/benchmarks.md, in place of those that are there. */
export function writeDocs(file: string): void {
  const report: Report = JSON.parse(readFileSync(file, 'utf8'));
  const text = readFileSync(page, 'utf8');
  const [head, rest] = text.split(BEGIN);
  const tail = rest?.split(END)[1];
  if (head === undefined || tail === undefined)
    throw new Error(`${page} has no place for figures.`);
  writeFileSync(page, `${head}${BEGIN}\n${markdown(report)}\n${END}${tail}`);
}

function markdown({ machine, date, effort, results }: Report): string {
  const facts = Object.entries(machine).map(([name, fact]) => `${name} ${fact}`);
  const lines = results.flatMap(({ row, unit, figures, aims }) => {
    const measured = Object.entries(figures).map(
      ([name, { perSecond, p50, p99 }]) =>
        `${name}: ${digits(perSecond)} ${unit}/s (${digits(p50)} / ${digits(p99)} ms)`,
    );
    const promises = aims.map(
      ({ what, aim, found, met }) => `${met ? '' : '**missed** '}${found} ${what} (aim ${aim})`,
    );
    return `| ${row} | ${measured.join('<br>')} | ${promises.join('<br>')} |`;
  });
  return [
    '',
    `Taken on ${date}: ${facts.join(', ')}; medians of ${effort.rounds} rounds of ${effort.seconds} s. In brackets p50 / p99.`,
    '',
    '| row | figures | aims |',
    '|---|---|---|',
    ...lines,
    '',
  ].join('\n');
}
