// Forked by kill.test.ts: `writer.ts <sqlite|postgres> <file or address>`. Inserts organizers until
// it is killed, and sends back the id of each that was committed.
import { postgres } from '../../src/postgres.ts';
import { sqlite } from '../../src/sqlite.ts';
import { idOf, organizer } from './records.ts';

const [, , dialect, at = ''] = process.argv;
const storage = dialect === 'sqlite' ? sqlite(at) : postgres({ connectionString: at });

async function writeFrom(first: number): Promise<never> {
  for (let n = first; ; n += 8) {
    const ids = [idOf('org', 2 * n), idOf('org', 2 * n + 1)];
    await storage.write(async ({ organizers }) => {
      for (const id of ids) await organizers.organizers.insert([{ ...organizer, id }]);
    });
    process.send?.(ids);
  }
}
await Promise.all([1, 2, 3, 4, 5, 6, 7, 8].map(writeFrom));
