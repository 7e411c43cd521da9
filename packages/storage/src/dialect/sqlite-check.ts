import type { StorageCheck } from '@ticketi/core';
import { columnsOf } from '../columns.ts';
import type { Sql } from '../sql.ts';

interface Facts {
  readonly version: string;
  readonly journalMode: string;
  readonly synchronous: number;
  readonly foreignKeys: number;
}
const version = columnsOf<Pick<Facts, 'version'>>({ version: 'text' });
const journalMode = columnsOf<Pick<Facts, 'journalMode'>>({ journalMode: 'text' });
const synchronous = columnsOf<Pick<Facts, 'synchronous'>>({ synchronous: 'integer' });
const foreignKeys = columnsOf<Pick<Facts, 'foreignKeys'>>({ foreignKeys: 'integer' });
const quickCheck = columnsOf<{ quickCheck: string }>({ quickCheck: 'text' });

/** What `PRAGMA synchronous` calls FULL; EXTRA is 3. */
const FULL = 2;

export async function checkSqlite(sql: Sql): Promise<readonly StorageCheck[]> {
  const [about] = await sql.rows<Facts>(version, 'SELECT sqlite_version() AS version');
  const [journal] = await sql.rows<Facts>(journalMode, 'PRAGMA journal_mode');
  const [sync] = await sql.rows<Facts>(synchronous, 'PRAGMA synchronous');
  const [keys] = await sql.rows<Facts>(foreignKeys, 'PRAGMA foreign_keys');
  const damage = await sql.rows<{ quickCheck: string }>(quickCheck, 'PRAGMA quick_check');
  const durable = (sync?.synchronous ?? 0) >= FULL;
  const sound = damage.every((row) => row.quickCheck === 'ok');
  return [
    { name: 'database', ok: true, message: `SQLite ${about?.version ?? ''}` },
    {
      name: 'journal_mode',
      // In memory there is no journal, and nothing to keep.
      ok: ['wal', 'memory'].includes(journal?.journalMode ?? ''),
      message: `The journal mode is ${journal?.journalMode}; several processes need wal.`,
    },
    {
      name: 'synchronous',
      ok: durable,
      message: durable
        ? 'A commit is on the disk before it is answered.'
        : 'A commit may be lost when the power fails: synchronous is below FULL.',
    },
    {
      name: 'foreign_keys',
      ok: keys?.foreignKeys === 1,
      message: `Foreign keys are ${keys?.foreignKeys === 1 ? '' : 'not '}enforced.`,
    },
    {
      name: 'integrity',
      ok: sound,
      message: sound
        ? 'The file is sound.'
        : `The file is damaged: ${damage.map((row) => row.quickCheck).join('; ')}`,
    },
  ];
}
