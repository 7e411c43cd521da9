import { readFileSync } from 'node:fs';
import { basename, extname, resolve } from 'node:path';
import type { Command } from 'commander';
import { UsageError } from '../errors.ts';
import { type Io, readAll } from '../io.ts';
import { openSurface } from '../open.ts';
import { printAnswer } from '../output/print.ts';
import type { Settings } from '../settings.ts';
import { examplesText, globalFlagsText, type Run } from './run.ts';

interface Options {
  readonly organizer?: string;
  readonly name?: string;
}

/** `seat-map import`: a file to a map. Adds itself to the noun, once that is there. */
export function addSeatMapImport(program: Command, run: Run): void {
  const parent = program.commands.find((command) => command.name() === 'seat-map');
  parent
    ?.command('import')
    .summary('Make a seat map from a CSV or YAML file')
    .description('Make a seat map from a CSV or YAML file; - reads YAML from stdin.')
    .usage('<file> --organizer <org_…> [flags]')
    .argument('<file>')
    .option('--organizer <org_…>', 'Whose map it is.')
    .option('--name <text>', 'What it is called. Default: the name in the file, or of the file.')
    .addHelpText(
      'before',
      examplesText([
        'ticketi seat-map import hall.csv --organizer org_…',
        'ticketi seat-map import hall.yaml --organizer org_… --name "Great Hall"',
      ]),
    )
    .addHelpText('after', globalFlagsText)
    .action(async (file: string, options: Options) => {
      run.exitCode = await importSeatMap(run.io, run.settings(), file, options);
    });
}

async function importSeatMap(io: Io, settings: Settings, file: string, options: Options) {
  const { organizer: organizerId, name } = options;
  if (organizerId === undefined) {
    throw new UsageError(
      '--organizer is needed.',
      'For example: ticketi seat-map import hall.csv --organizer org_…',
    );
  }
  const text = file === '-' ? await readAll(io.stdin) : readFileSync(resolve(io.cwd, file), 'utf8');
  const { seatMapFromCsv, seatMapFromYaml } = await import('@ticketi/core');
  const draft =
    extname(file).toLowerCase() === '.csv'
      ? seatMapFromCsv(text, { name: name ?? basename(file, extname(file)) })
      : await seatMapFromYaml(text);
  const { surface, close } = await openSurface(settings, io);
  try {
    const map = await surface.seatMaps.create({
      ...draft,
      ...(name === undefined ? {} : { name }),
      organizerId,
    });
    await printAnswer(io, settings, 'seatMaps.create', map);
    return 0;
  } finally {
    await close();
  }
}
