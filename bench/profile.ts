import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** What V8 writes: https://chromedevtools.github.io/devtools-protocol/tot/Profiler/#type-Profile */
interface CpuProfile {
  readonly nodes: readonly {
    readonly id: number;
    readonly callFrame: {
      readonly functionName: string;
      readonly url: string;
      readonly lineNumber: number;
    };
  }[];
  readonly samples: readonly number[];
  readonly timeDeltas: readonly number[];
}

const SHOWN = 30;

/**
 * Runs one row in a process of its own under V8's profiler, on the sources, and tells where the
 * time of this process went: by package, and by function without what it called.
 */
export function profile(row: string, args: readonly string[]): string {
  const folder = mkdtempSync(join(tmpdir(), 'ticketi-profile-'));
  try {
    const flags = ['--conditions=ticketi-source', '--cpu-prof', '--cpu-prof-dir', folder];
    const run = new URL('run.ts', import.meta.url).pathname;
    spawnSync(process.execPath, [...flags, run, '--only', row, ...args], { stdio: 'inherit' });
    const [file] = readdirSync(folder)
      .filter((name) => name.endsWith('.cpuprofile'))
      .map((name) => readFileSync(join(folder, name), 'utf8'))
      .toSorted((a, b) => b.length - a.length);
    if (file === undefined) throw new Error('The run left no profile.');
    return summary(JSON.parse(file));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function summary({ nodes, samples, timeDeltas }: CpuProfile): string {
  const frames = new Map(nodes.map(({ id, callFrame }) => [id, callFrame]));
  const packages = new Map<string, number>();
  const functions = new Map<string, number>();
  let busy = 0;
  samples.forEach((id, at) => {
    const frame = frames.get(id);
    if (frame === undefined) return;
    const milliseconds = (timeDeltas[at] ?? 0) / 1000;
    const { functionName, url, lineNumber } = frame;
    const owner = packageOf(url, functionName);
    const place = url === '' ? '' : ` ${shortened(url)}:${lineNumber + 1}`;
    add(packages, owner, milliseconds);
    if (owner === 'idle') return;
    busy += milliseconds;
    add(functions, `${functionName || '(anonymous)'}${place}`, milliseconds);
  });
  return [
    `busy ${busy.toFixed(0)} ms; by package, of the time that it was busy:`,
    ...shares(packages, busy, 20),
    'by function, without what it called:',
    ...shares(functions, busy, SHOWN),
  ].join('\n');
}

function add(sums: Map<string, number>, key: string, value: number): void {
  sums.set(key, (sums.get(key) ?? 0) + value);
}

function shares(sums: ReadonlyMap<string, number>, whole: number, most: number): string[] {
  return [...sums]
    .toSorted(([, a], [, b]) => b - a)
    .slice(0, most)
    .map(([name, value]) => `  ${((100 * value) / whole).toFixed(1).padStart(5)} %  ${name}`);
}

function packageOf(url: string, functionName: string): string {
  if (functionName === '(idle)' || functionName === '(program)') return functionName.slice(1, -1);
  if (functionName === '(garbage collector)') return 'garbage collector';
  if (url === '') return 'V8 and native code';
  if (url.startsWith('node:')) return 'node';
  const installed = /.*node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(url);
  if (installed?.[1] !== undefined) return installed[1];
  const ours = /^(?:packages\/[^/]+(?:\/src\/[^/]+(?=\/))?|bench)/.exec(shortened(url));
  return ours?.[0] ?? url;
}

const ROOT = new URL('..', import.meta.url).href;

function shortened(url: string): string {
  const installed = url.lastIndexOf('node_modules/');
  if (installed !== -1) return url.slice(installed + 'node_modules/'.length);
  return url.startsWith(ROOT) ? url.slice(ROOT.length) : url;
}
