import { millisOf, type StorageCheck, systemClock } from '@ticketi/core';
import { columnsOf } from '../columns.ts';
import type { Sql } from '../sql.ts';

interface Facts {
  readonly version: string;
  readonly versionNumber: number;
  readonly fsync: string;
  readonly synchronousCommit: string;
  readonly isolation: string;
  readonly now: string;
}
const facts = columnsOf<Facts>({
  version: 'text',
  versionNumber: 'integer',
  fsync: 'text',
  synchronousCommit: 'text',
  isolation: 'text',
  now: 'instant',
});

const OLDEST = 15;
const MOST_SKEW_MILLIS = 2000;

export async function checkPostgres(sql: Sql): Promise<readonly StorageCheck[]> {
  const before = millisOf(systemClock.now());
  const [found] = await sql.rows<Facts>(
    facts,
    `SELECT current_setting('server_version') AS version,
            current_setting('server_version_num') AS version_number,
            current_setting('fsync') AS fsync,
            current_setting('synchronous_commit') AS synchronous_commit,
            current_setting('transaction_isolation') AS isolation,
            clock_timestamp()::timestamptz(3) AS now`,
  );
  const after = millisOf(systemClock.now());
  if (found === undefined) return [];
  const server = millisOf(found.now);
  // The server looked at its clock somewhere between our two looks at ours.
  const skew = server < before ? server - before : server > after ? server - after : 0;
  const durable = found.fsync === 'on' && found.synchronousCommit !== 'off';
  return [
    {
      name: 'database',
      ok: found.versionNumber >= OLDEST * 10_000,
      message: `PostgreSQL ${found.version}; ${OLDEST} or later is supported.`,
    },
    {
      name: 'durability',
      ok: durable,
      message: durable
        ? 'A commit is on the disk before it is answered.'
        : `A commit may be lost: fsync is ${found.fsync}, synchronous_commit is ${found.synchronousCommit}.`,
    },
    {
      name: 'isolation',
      ok: found.isolation === 'repeatable read',
      message: `Reads see one snapshot: ${found.isolation}.`,
    },
    {
      name: 'clock',
      ok: Math.abs(skew) < MOST_SKEW_MILLIS,
      message: `The server's clock and ours differ by ${Math.abs(skew)} ms.`,
    },
  ];
}
