import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { TestProject } from 'vitest/node';

declare module 'vitest' {
  interface ProvidedContext {
    /** A PostgreSQL on which tests may create databases. */
    postgresUrl: string;
  }
}

/** One PostgreSQL for the whole run: the one that is named, else one of our own. */
export default async function setup(project: TestProject): Promise<(() => Promise<void>) | void> {
  const given = process.env.TICKETI_TEST_POSTGRES_URL;
  if (given) {
    project.provide('postgresUrl', given);
    return;
  }
  const script = fileURLToPath(new URL('../../scripts/postgres.mjs', import.meta.url));
  // Detached, so that Ctrl-C reaches the tests first; it stops when its stdin closes, however we end.
  const server = spawn(process.execPath, [script], {
    stdio: ['pipe', 'pipe', 'inherit'],
    detached: true,
  });
  const ended = once(server, 'exit');
  const line = await Promise.race([
    once(createInterface(server.stdout), 'line'),
    ended.then(() => undefined),
  ]);
  if (!line) throw new Error('PostgreSQL could not be started');
  const { url } = JSON.parse(String(line[0])) as { url: string };
  project.provide('postgresUrl', url);
  process.env.TICKETI_TEST_POSTGRES_URL = url;
  return async () => {
    delete process.env.TICKETI_TEST_POSTGRES_URL;
    server.stdin.end();
    await ended;
  };
}
