import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import pg from 'pg';

/** Settings of a server that is in earnest; the rest is PostgreSQL's default. Durability is on. */
const SETTINGS = {
  shared_buffers: '256MB',
  fsync: 'on',
  synchronous_commit: 'on',
  full_page_writes: 'on',
  max_wal_size: '4GB',
  max_connections: '300',
};

export interface Server {
  readonly url: string;
  stop(): Promise<void>;
}

/** A PostgreSQL of our own, which is gone without a trace when it stops. */
export async function startPostgres(): Promise<Server> {
  const script = fileURLToPath(new URL('../../scripts/postgres.mjs', import.meta.url));
  const settings = Object.entries(SETTINGS).map(([name, value]) => `${name}=${value}`);
  const server = spawn(process.execPath, [script], {
    stdio: ['pipe', 'pipe', 'inherit'],
    detached: true,
    env: { ...process.env, TICKETI_POSTGRES_SETTINGS: settings.join(' ') },
  });
  const ended = once(server, 'exit');
  const line = await Promise.race([
    once(createInterface(server.stdout), 'line'),
    ended.then(() => undefined),
  ]);
  if (line === undefined) throw new Error('PostgreSQL could not be started.');
  const { url } = JSON.parse(String(line[0])) as { url: string };
  return {
    url,
    async stop() {
      server.stdin.end();
      await ended;
    },
  };
}

/** What decides how fast and how safe it is. */
export async function versionAndSettings(url: string): Promise<string> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const { rows } = await client.query<{ name: string; setting: string }>(
      `SELECT name, current_setting(name) AS setting FROM pg_settings
       WHERE name = 'server_version' OR name = ANY($1) ORDER BY name <> 'server_version', name`,
      [Object.keys(SETTINGS)],
    );
    return rows.map(({ name, setting }) => `${name} ${setting}`).join(', ');
  } finally {
    await client.end();
  }
}
