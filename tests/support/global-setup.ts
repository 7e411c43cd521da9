import type { TestProject } from 'vitest/node';
import { startPostgres } from './postgres-server.ts';

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
  const { url, stop } = await startPostgres();
  project.provide('postgresUrl', url);
  process.env.TICKETI_TEST_POSTGRES_URL = url;
  return async () => {
    delete process.env.TICKETI_TEST_POSTGRES_URL;
    await stop();
  };
}
