import { Command, Option } from 'commander';
import { addOfflineDoor } from './commands/add-offline-door.ts';
import { addOperations } from './commands/add-operations.ts';
import { addTools } from './commands/add-tools.ts';
import { addSeatMapImport } from './commands/import-seat-map.ts';
import { examplesText, type Run } from './commands/run.ts';
import type { Io } from './io.ts';
import { type GlobalFlags, settingsOf } from './settings.ts';
import { version } from './version.ts';

const examples = [
  'ticketi demo                     # the whole story in a second, on a throwaway database',
  'ticketi init                     # a database, a secret and an organizer in this folder',
  'ticketi event create --help      # the flags of a command, with examples',
  'ticketi availability evt_… --json',
];

/** All commands. Nothing of the SDK is loaded until one of them runs. */
export function buildProgram(io: Io): { program: Command; run: Run } {
  const program = new Command('ticketi');
  const run: Run = {
    io,
    settings: () => settingsOf(program.opts<GlobalFlags>(), io),
    exitCode: 0,
  };
  program
    .description('Sell, move, resell and scan tickets.')
    .version(version, '-V, --version', 'Print the version.')
    .usage('<command> [flags]')
    .helpOption('-h, --help', 'Show this help.')
    .helpCommand('help [command]', 'Show the help of a command')
    .configureHelp({ subcommandTerm: (command) => command.name() })
    .configureOutput({
      writeOut: (text) => void io.stdout.write(text),
      // Help of an incomplete command; errors are told by reportError.
      writeErr: (text) => void io.stderr.write(text),
      outputError: () => {},
      getOutHelpWidth: () => Math.min(io.stdout.columns ?? 80, 100),
    })
    .exitOverride()
    .addHelpText('before', examplesText(examples));
  addGlobalFlags(program);
  addTools(program, run);
  addOperations(program, run);
  addSeatMapImport(program, run);
  addOfflineDoor(program, run);
  return { program, run };
}

function addGlobalFlags(program: Command): void {
  const flags: [string, string][] = [
    ['--database <file|url>', 'A SQLite file or postgres:// address (default: ticketi.db).'],
    ['--url <address>', 'A Ticketi server instead; TICKETI_TOKEN says who you are.'],
    ['--as <actor>', 'Act as user:<id> or anonymous, not as the system.'],
    ['--guest <token|@file>', 'Act as the guest with this access token.'],
    ['--json', 'Print JSON, exactly as the SDK answers.'],
    ['--format <format>', 'table, json, csv or yaml.'],
    ['--quiet', 'Print ids only, and no messages.'],
    ['--no-input', 'Never ask; what is missing is an error.'],
    ['--yes', 'Say yes to every question.'],
    ['--debug', 'Show where an error comes from.'],
    ['--profile <name>', 'A profile of the config file.'],
    ['--config <file>', 'The config file (default: ticketi.config.json).'],
    ['--locale <tag>', 'Write amounts in sentences as this one does: de-DE.'],
  ];
  for (const [flag, help] of flags) program.addOption(new Option(flag, help));
}
