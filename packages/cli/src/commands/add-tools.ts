import type { Command } from 'commander';
import { examplesText, globalFlagsText, type Run } from './run.ts';

/** The commands that are more than one operation: demo, init, serve, worker, migrate, doctor. */
export function addTools(program: Command, run: Run): void {
  const tool = (name: string, summary: string, examples: readonly string[]) =>
    program
      .command(name)
      .summary(summary)
      .description(`${summary}.`)
      .usage('[flags]')
      .helpGroup('Start here:')
      .addHelpText('before', examplesText(examples))
      .addHelpText('after', globalFlagsText);

  tool('demo', 'Tell the whole story on a throwaway database', [
    'ticketi demo',
    'ticketi demo --json',
    'ticketi demo --database postgres://localhost/mydb',
  ])
    .option('--keep', 'Keep what the demo made, to look at it.')
    .action(async (options: { keep?: true }) => {
      const { demo } = await import('../demo/index.ts');
      const { database, databaseFlag, format } = demoSettings(program, run);
      const json = format === 'json';
      const keep = options.keep === true;
      run.exitCode = await demo(run.io, {
        database: databaseFlag ? database : undefined,
        json,
        keep,
      });
    });

  tool('init', 'Set up a database, a secret and a config file here', [
    'ticketi init',
    'ticketi init --yes --organizer "Harbour Sounds"',
    'ticketi init --database postgres://localhost/tickets --no-input',
  ])
    .option('--organizer <name>', 'Make an organizer too.')
    .option('--owner <user>', 'The id of the user who owns it.')
    .action(async (options: { organizer?: string; owner?: string }) => {
      const { init } = await import('../init/index.ts');
      run.exitCode = await init(run.io, run.settings(), options);
    });

  tool('serve', 'Serve the HTTP API', [
    'ticketi serve --jwks https://id.example.com/jwks.json --issuer https://id.example.com \\\n      --audience tickets',
    'ticketi serve --dev              # on this machine only: no keys, sandbox payments',
  ])
    .option('--port <n>', 'The port to listen on.', '3000')
    .option('--host <address>', 'The address to listen on.', '127.0.0.1')
    .option('--base-path <path>', 'Where the API begins.', '/api/v1')
    .option('--jwks <file|url>', 'The keys of whoever signs your users\u2019 tokens.')
    .option('--issuer <name>', 'The issuer that tokens have to name.')
    .option('--audience <name>', 'The audience that tokens have to name.')
    .option('--sandbox', 'Let orders be paid with the sandbox: no money moves.')
    .option('--dev', 'For trying out: a header says who acts. Loopback addresses only.')
    .action(async (options: Record<string, unknown>) => {
      const { serve } = await import('../server/index.ts');
      run.exitCode = await serve(run.io, run.settings(), options);
    });

  tool('worker', 'Do the background work: expiry, payments left open, all that is sent', [
    'ticketi worker',
    'ticketi worker --once --json     # one pass, as from a cron job',
  ])
    .option('--once', 'Do what is due now, say what that was, and end.')
    .option('--sandbox', 'Take care of orders that are paid with the sandbox.')
    .action(async (options: { once?: true; sandbox?: true }) => {
      const { worker } = await import('../worker/index.ts');
      run.exitCode = await worker(run.io, run.settings(), options);
    });

  tool('migrate', 'Bring the tables up to date', ['ticketi migrate', 'ticketi migrate --dry-run'])
    .option('--dry-run', 'Only say what would be done.')
    .action(async (options: { dryRun?: true }) => {
      const { migrate } = await import('../migrate.ts');
      run.exitCode = await migrate(run.io, run.settings(), options.dryRun === true);
    });

  tool('doctor', 'Check the database, the records and this machine', [
    'ticketi doctor',
    'ticketi doctor --json',
  ]).action(async () => {
    const { doctor } = await import('../doctor.ts');
    run.exitCode = await doctor(run.io, run.settings());
  });
}

/** The demo takes a database only from its flag: it never plays on one that is configured. */
function demoSettings(program: Command, run: Run) {
  const { database, format } = run.settings();
  return {
    database,
    format,
    databaseFlag: program.opts<{ database?: string }>().database !== undefined,
  };
}
