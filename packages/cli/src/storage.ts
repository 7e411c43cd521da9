import type { Storage } from '@ticketi/core';

export function isPostgres(database: string): boolean {
  return /^postgres(ql)?:\/\//.test(database);
}

/** Opens the storage that `--database` names; only its own driver is loaded. */
export async function openStorage(database: string, schema?: string): Promise<Storage> {
  if (isPostgres(database)) {
    const { postgres } = await import('@ticketi/storage/postgres');
    return postgres({ connectionString: database }, schema);
  }
  const { sqlite } = await import('@ticketi/storage/sqlite');
  return sqlite(database);
}

/** Takes a schema of a PostgreSQL database away with all that is in it. */
export async function dropSchema(database: string, schema: string): Promise<void> {
  const postgres = await import('@ticketi/storage/postgres');
  await postgres.dropSchema(database, schema);
}
