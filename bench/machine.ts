import { execFileSync } from 'node:child_process';
import { arch, cpus, platform, release, totalmem } from 'node:os';

/** What the figures were taken on; nothing that names the machine. */
export interface Machine {
  readonly cores: number;
  readonly processor: string;
  readonly memory: string;
  readonly system: string;
  readonly node: string;
  readonly commit: string;
  readonly postgres?: string;
  readonly sqlite?: string;
}

export function machine(): Machine {
  return {
    cores: cpus().length,
    processor: cpus()[0]?.model.trim() ?? 'unknown',
    memory: `${(totalmem() / 2 ** 30).toFixed(1)} GB`,
    system: `${platform()} ${release()} ${arch()}`,
    node: process.version,
    commit: commit(),
  };
}

function commit(): string {
  try {
    const git = (...args: string[]) => execFileSync('git', args, { encoding: 'utf8' }).trim();
    const changed = git('status', '--porcelain', '--', 'packages', 'bench') !== '';
    return `${git('rev-parse', '--short=12', 'HEAD')}${changed ? ' and changes' : ''}`;
  } catch {
    return 'unknown';
  }
}
