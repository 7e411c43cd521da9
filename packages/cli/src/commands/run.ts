import type { Io } from '../io.ts';
import type { Settings } from '../settings.ts';

/** What a command's action has: the world, the settings, and where to leave its exit code. */
export interface Run {
  readonly io: Io;
  readonly settings: () => Settings;
  exitCode: number;
}

/** The top of a command's help. */
export function examplesText(lines: readonly string[]): string {
  return `Examples:\n${lines.map((line) => `  $ ${line}\n`).join('')}`;
}

/** The end of a command's help: what works everywhere. */
export const globalFlagsText =
  '\nEverywhere: --json, --format, --quiet, --database, --url, --as, --guest, --no-input,\n' +
  '            --yes, --debug, --profile, --config (see ticketi --help)';
