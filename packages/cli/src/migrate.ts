import type { Io } from './io.ts';
import { databasePath } from './open.ts';
import { paintFor } from './output/paint.ts';
import type { Settings } from './settings.ts';
import { openStorage } from './storage.ts';

/** Brings the tables up to date, or says what is missing. */
export async function migrate(io: Io, settings: Settings, dryRun: boolean): Promise<number> {
  const storage = await openStorage(databasePath(settings.database, io.cwd));
  try {
    const pending = await storage.pendingMigrations();
    const report = dryRun
      ? { applied: [], pending }
      : { ...(await storage.migrate()), pending: [] };
    if (settings.format === 'json') io.stdout.write(`${JSON.stringify(report, null, 2)}\n`);
    else {
      const paint = paintFor(io, 'stdout');
      const names = dryRun ? pending : report.applied;
      const mark = dryRun ? paint.yellow('+') : paint.green('✓');
      for (const name of names) io.stdout.write(`${mark} ${name}\n`);
      if (!settings.quiet) io.stderr.write(`${sentence(names.length, dryRun)}\n`);
    }
    return 0;
  } finally {
    await storage.close();
  }
}

function sentence(count: number, dryRun: boolean): string {
  if (count === 0) return 'The tables are up to date.';
  const migrations = count === 1 ? '1 migration' : `${count} migrations`;
  return dryRun ? `${migrations} would be applied.` : `${migrations} applied.`;
}
