import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import type { Dice } from './dice.ts';

/** The processes of a PostgreSQL on this machine, looked at over a connection of its own. */
interface Processes {
  readonly postmaster: number;
  readonly clients: readonly number[];
  readonly others: readonly number[];
}

async function processesOf(url: string): Promise<Processes> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  // It goes with the server, and says so.
  client.on('error', () => {});
  try {
    const { rows: settings } = await client.query<{ data: string }>(
      "SELECT current_setting('data_directory') AS data",
    );
    const { rows } = await client.query<{ pid: number; type: string }>(
      `SELECT pid, backend_type AS type FROM pg_stat_activity WHERE pid <> pg_backend_pid()`,
    );
    const pidFile = readFileSync(join(settings[0]?.data ?? '', 'postmaster.pid'), 'utf8');
    return {
      postmaster: Number(pidFile.split('\n')[0]),
      clients: rows.filter(({ type }) => type === 'client backend').map(({ pid }) => pid),
      others: rows.filter(({ type }) => type !== 'client backend').map(({ pid }) => pid),
    };
  } finally {
    await client.end().catch(() => {});
  }
}

/** `kill -9` of the whole server: the postmaster first, so that it tidies nothing up. */
export async function killServer(url: string): Promise<void> {
  const { postmaster, clients, others } = await processesOf(url);
  for (const pid of [postmaster, ...others, ...clients]) kill(pid);
}

/** `kill -9` of the process of one connection; the server then ends all others and recovers. */
export async function killBackend(url: string, chance: Dice): Promise<void> {
  const { clients } = await processesOf(url);
  for (const pid of chance.some(clients, 1)) kill(pid);
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch (error) {
    // Gone by itself meanwhile.
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error;
  }
}

/** Resolves when the server answers again. */
export async function answering(url: string): Promise<void> {
  for (let attempt = 0; attempt < 600; attempt += 1) {
    const client = new pg.Client({ connectionString: url });
    client.on('error', () => {});
    try {
      await client.connect();
      await client.query('SELECT 1');
      await client.end();
      return;
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
  throw new Error('The server does not come back.');
}
