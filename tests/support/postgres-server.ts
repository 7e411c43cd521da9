import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

export interface PostgresServer {
  /** As whoever may create databases there. */
  readonly url: string;
  stop(): Promise<void>;
}

/**
 * A PostgreSQL of our own, which is gone without a trace when it stops.
 * @param restarts whether it is started again when somebody kills it
 */
export async function startPostgres({ restarts = false } = {}): Promise<PostgresServer> {
  const script = fileURLToPath(new URL('../../scripts/postgres.mjs', import.meta.url));
  // Detached, so that Ctrl-C reaches the tests first; it stops when its stdin closes, however we end.
  const server = spawn(process.execPath, [script], {
    stdio: ['pipe', 'pipe', 'inherit'],
    detached: true,
    env: { ...process.env, ...(restarts ? { TICKETI_POSTGRES_RESTARTS: '1' } : {}) },
  });
  const ended = once(server, 'exit');
  const line = await Promise.race([
    once(createInterface(server.stdout), 'line'),
    ended.then(() => undefined),
  ]);
  if (!line) throw new Error('PostgreSQL could not be started');
  const { url } = JSON.parse(String(line[0])) as { url: string };
  return {
    url,
    async stop() {
      server.stdin.end();
      await ended;
    },
  };
}
