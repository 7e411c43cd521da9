import type { Ticketi } from '@ticketi/core';
import { postgres } from '@ticketi/storage/postgres';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest';
import { hasPgBouncer, type Pooler, startPgBouncer } from '../../../tests/support/pgbouncer.ts';
import { storageConformance, testClock } from '../src/index.ts';
import { type Crowd, openCrowd } from './support/crowd.ts';
import { postgresBase, type TestBase, ticketiOn } from './support/databases.ts';
import type { Start } from './support/participant.ts';
import { times } from './support/race.ts';
import { races } from './support/races.ts';

const there = hasPgBouncer();
const title = there ? 'PgBouncer' : 'PgBouncer, which is not installed (Debian: pgbouncer)';

describe.skipIf(!there)(`races of four processes through ${title}`, () => {
  const clock = testClock();
  let base: TestBase;
  let pooler: Pooler;
  let ticketi: Ticketi;
  let crowd: Crowd;

  beforeAll(async () => {
    base = await postgresBase();
    pooler = await startPgBouncer(base.at);
    ticketi = await ticketiOn(postgres({ connectionString: pooler.url }), clock);
    const start: Start = { dialect: 'postgres', at: pooler.url, unguarded: false };
    crowd = await openCrowd(
      [],
      times(4, () => start),
    );
  });
  afterAll(async () => {
    await crowd?.close();
    await ticketi?.close();
    await pooler?.stop();
    await base?.drop();
  });

  test.each(races)('$name', async ({ run, expected }) => {
    expect(await run({ ticketi, clock, crowd })).toEqual({ count: expected, strange: [] });
    expect((await ticketi.diagnose()).checks.filter(({ ok }) => !ok)).toEqual([]);
  });

  test('is a pooler on which a statement kept in a session is lost', async () => {
    const clients = times(7, () => new pg.Client({ connectionString: pooler.url }));
    await Promise.all(clients.map((client) => client.connect()));
    const outcomes = await Promise.all(
      clients.map(async (client, index) => {
        const codes: unknown[] = [];
        for (let run = 0; run < 10; run += 1) {
          await client
            .query({ name: 'kept', text: 'SELECT pg_sleep($1)', values: [index / 500] })
            .catch((error: pg.DatabaseError) => codes.push(error.code));
        }
        return codes;
      }),
    );
    await Promise.all(clients.map((client) => client.end()));
    // Which of the two is chance: nobody knows the statement, or somebody else has prepared it.
    expect(outcomes.flat().length).toBeGreaterThan(0);
    for (const code of outcomes.flat()) expect(['26000', '42P05']).toContain(code);
  });
});

if (there) {
  storageConformance(
    {
      name: 'PostgreSQL through PgBouncer',
      parallelWrites: true,
      async open() {
        const base = await postgresBase();
        const pooler = await startPgBouncer(base.at);
        const storage = postgres({ connectionString: pooler.url });
        await storage.migrate();
        const other = postgres({ connectionString: pooler.url });
        return {
          storage,
          another: () => other,
          async close() {
            await Promise.all([storage.close(), other.close()]);
            await pooler.stop();
            await base.drop();
          },
        };
      },
    },
    { describe, it, expect, beforeAll, afterAll },
  );
}
