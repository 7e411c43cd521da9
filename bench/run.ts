// What docs/benchmarks.md describes: runs rows of the table and prints them.
import { machine } from './machine.ts';
import { readOptions } from './options.ts';
import { profile } from './profile.ts';
import { latest, writeDocs, writeReport } from './report.ts';
import type { Result } from './result.ts';
import type { BenchRow, RowContext } from './rows/row.ts';
import { scale } from './scale.ts';
import type { Base } from './stage/base.ts';
import { postgresBase } from './stage/postgres-base.ts';
import { type Server, startPostgres, versionAndSettings } from './stage/postgres-server.ts';
import { sqliteBase, sqliteVersion } from './stage/sqlite-base.ts';
import { tableOf } from './table.ts';

const options = readOptions();
let server: Server | undefined;

async function postgresUrl(): Promise<string> {
  if (options.url !== undefined) return options.url;
  server ??= await startPostgres();
  return server.url;
}

/** Makes databases for as long as the work takes. */
async function withDatabases<T>(
  work: (make: Pick<RowContext, 'postgres' | 'sqlite'>) => Promise<T>,
): Promise<T> {
  const bases: Base[] = [];
  const keep = async (base: Base) => {
    bases.push(base);
    return base;
  };
  try {
    return await work({
      postgres: async () => keep(await postgresBase(await postgresUrl())),
      sqlite: async () => keep(await sqliteBase()),
    });
  } finally {
    for (const base of bases) await base.drop();
  }
}

async function resultsOf(row: BenchRow): Promise<readonly Result[]> {
  const { effort, contenders } = options;
  return withDatabases((make) => row.run({ ...make, effort, contenders }));
}

async function resultsAtSize(tickets: number): Promise<readonly Result[]> {
  const { effort, database } = options;
  const results: Result[] = [];
  for (const dialect of ['postgres', 'sqlite'] as const) {
    if (database !== undefined && database !== dialect) continue;
    results.push(...(await withDatabases((make) => scale(make[dialect], { ...effort, tickets }))));
  }
  return results;
}

async function runAll(): Promise<void> {
  const results: Result[] = [];
  const works = options.scale === undefined ? options.rows.map((row) => () => resultsOf(row)) : [];
  const { scale: tickets } = options;
  if (tickets !== undefined) works.push(() => resultsAtSize(tickets));
  for (const work of works) {
    const found = await work();
    for (const result of found) demandFigures(result);
    results.push(...found);
    console.log(`${tableOf(found)}\n`);
  }
  const facts = {
    ...machine(),
    postgres: await versionAndSettings(await postgresUrl()),
    sqlite: sqliteVersion(),
  };
  console.log(
    Object.entries(facts)
      .map(([name, fact]) => `${name}: ${fact}`)
      .join('\n'),
  );
  const { rounds, duration } = options.effort;
  const report = {
    machine: facts,
    date: new Date().toISOString().slice(0, 10),
    effort: { rounds, seconds: duration / 1000 },
    results,
  };
  if (!options.effort.quick) writeReport(latest, report);
  if (options.json !== undefined) writeReport(options.json, report);
}

/** A contender that answered nothing has not been measured. */
function demandFigures({ row, figures }: Result): void {
  for (const [name, { requests, perSecond }] of Object.entries(figures)) {
    if (!(requests > 0 && perSecond > 0)) throw new Error(`${row}: no figures of ${name}.`);
  }
}

if (options.profile !== undefined) {
  console.log(profile(options.profile.row, options.profile.args));
} else if (options.writeDocs) {
  writeDocs(options.json ?? latest);
} else {
  try {
    await runAll();
  } finally {
    await server?.stop();
  }
}
