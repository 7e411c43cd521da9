// Forked by migrations.test.ts: `migrator.ts <sqlite|postgres> <file or address>`. Migrates when it
// is told to, and sends back the report.
import { postgres } from '../../src/postgres.ts';
import { sqlite } from '../../src/sqlite.ts';

const [, , dialect, at = ''] = process.argv;
const storage = dialect === 'sqlite' ? sqlite(at) : postgres({ connectionString: at });

process.once('message', async () => {
  process.send?.(await storage.migrate());
  await storage.close();
  process.disconnect();
});
await storage.pendingMigrations();
process.send?.('ready');
