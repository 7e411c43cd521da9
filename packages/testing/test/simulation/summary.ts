import type { SimulationReport } from '../../src/index.ts';
import type { Options } from './options.ts';
import type { Shrunk } from './shrink.ts';

const count = new Intl.NumberFormat('en-US');

/** Counts of several reports in one. */
function addUp(reports: readonly Readonly<Record<string, number>>[]): Map<string, number> {
  const sums = new Map<string, number>();
  for (const report of reports) {
    for (const [name, counted] of Object.entries(report)) {
      sums.set(name, (sums.get(name) ?? 0) + counted);
    }
  }
  return new Map([...sums].sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** What was played and found, for people. */
export function summaryOf(
  { seed, ops, storage }: Options,
  reports: readonly SimulationReport[],
  seconds: number,
): string {
  const steps = reports.reduce((sum, report) => sum + report.steps, 0);
  const last = seed + reports.length - 1;
  const checks = addUp(reports.map((report) => report.checks));
  const looks = [...checks.values()].reduce((sum, each) => sum + each, 0);
  const faults = addUp(reports.map((report) => report.faults));
  return [
    `${reports.length === 1 ? `seed ${seed}` : `${count.format(reports.length)} seeds (${seed} to ${last})`}, ${ops} steps each, on ${storage}`,
    '',
    'calls',
    ...byOperation(addUp(reports.map((report) => report.calls))),
    '',
    'faults',
    ...[...faults].map(([name, times]) => `  ${name.padEnd(22)} ${count.format(times)}`),
    '',
    `${count.format(steps)} steps in ${seconds.toFixed(1)} s; ${checks.size} invariants, looked at ${count.format(looks)} times`,
  ].join('\n');
}

function byOperation(calls: ReadonlyMap<string, number>): string[] {
  const outcomes = Map.groupBy(calls, ([name]) => name.split(' ')[0] ?? '');
  return [...outcomes].map(([operation, all]) => {
    const parts = all
      .toSorted(([, a], [, b]) => b - a)
      .map(([name, times]) => `${count.format(times)} ${name.slice(operation.length + 1)}`);
    return `  ${operation.padEnd(22)} ${parts.join(', ')}`;
  });
}

/** What broke, and how to see it again. */
export function failureOf(report: SimulationReport, options: Options): string {
  const { seed, failure } = report;
  if (failure === undefined) return '';
  return [
    `BROKEN  seed ${seed}, step ${failure.step}: ${failure.invariant}`,
    ...failure.findings.map((finding) => `        ${finding}`),
    'the last steps:',
    ...failure.steps.map((line) => `  ${line}`),
    `again:  ${commandFor(seed, options)}`,
  ].join('\n');
}

/** The few steps of it that are enough. */
export function shrunkOf(seed: number, { only, failure }: Shrunk, options: Options): string {
  return [
    `${only.length} steps of seed ${seed} are enough:`,
    ...failure.steps.map((line) => `  ${line}`),
    ...failure.findings.map((finding) => `        ${finding}`),
    `again:  ${commandFor(seed, { ...options, only })}`,
  ].join('\n');
}

function commandFor(seed: number, { ops, only, storage }: Options): string {
  const where = storage === 'sqlite' ? '' : ` --storage ${storage}`;
  const which = only === undefined ? '' : ` --only ${only.join()}`;
  return `npm run sim -- --seed ${seed} --ops ${ops}${which}${where} --trace`;
}
