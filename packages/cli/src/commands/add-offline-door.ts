import type { Command } from 'commander';
import type { OfflineOptions } from '../offline/index.ts';
import { examplesText, globalFlagsText, type Run } from './run.ts';

/** `checkin offline`: a door without a connection. Adds itself to the noun, once that is there. */
export function addOfflineDoor(program: Command, run: Run): void {
  const parent = program.commands.find((command) => command.name() === 'checkin');
  parent
    ?.command('offline')
    .summary('Scan codes without a connection, by a bundle')
    .description('Scan codes without a connection: a scanner types them, line by line.')
    .usage('--bundle <file> --log <file> --device <name> [flags]')
    .option('--bundle <file>', 'What `checkin bundle --json` printed (needed).')
    .option('--log <file>', 'Where decisions are kept; goes on with what is there (needed).')
    .option('--device <name>', 'A name that no other door has (needed).')
    .option('--gate <text>', 'The gate, for all lines.')
    .option('--direction <entry|exit>', 'Which way people go.', 'entry')
    .option('--no-sound', 'Do not ring: once for in, three times for not.')
    .addHelpText(
      'before',
      examplesText([
        'ticketi checkin bundle evt_… --json > bundle.json      # with a connection',
        'ticketi checkin offline --bundle bundle.json --log south.jsonl --device south --gate South',
        'ticketi checkin merge --log south.jsonl                # with a connection again',
      ]),
    )
    .addHelpText('after', globalFlagsText)
    .action(async (options: OfflineOptions) => {
      const { offlineDoor } = await import('../offline/index.ts');
      run.exitCode = await offlineDoor(run.io, run.settings(), options);
    });
}
