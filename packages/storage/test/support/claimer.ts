// Forked by oversell.sqlite.test.ts: `claimer.ts <file> <guarded|unguarded> <first number> <buyers>`.
// Sells as fast as it can once it is told to, and sends back what became of each buyer.
import { sqlite } from '../../src/sqlite.ts';
import { claimOne, unguarded } from './claiming.ts';
import { rewritingDatabase } from './rewriting-database.ts';

const [, , file = '', mode, first, buyers] = process.argv;
const storage = sqlite(mode === 'guarded' ? file : { database: autocommitting });
let n = Number(first);

/** No transactions, no guard and no checks: each statement is on its own. */
function autocommitting() {
  const database = rewritingDatabase(file, (statement) =>
    /^(?:BEGIN|COMMIT|ROLLBACK)/.test(statement) ? 'SELECT 1' : unguarded(statement),
  );
  database.pragma('ignore_check_constraints = ON');
  return database;
}

process.once('message', async () => {
  const outcomes = await Promise.allSettled(
    Array.from({ length: Number(buyers) }, () => claimOne(storage, () => ++n)),
  );
  process.send?.(
    outcomes.map((outcome) =>
      outcome.status === 'fulfilled' ? outcome.value : String(outcome.reason),
    ),
  );
  await storage.close();
  process.disconnect();
});
await storage.pendingMigrations();
process.send?.('ready');
