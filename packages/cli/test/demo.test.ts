import { once } from 'node:events';
import pg from 'pg';
import { afterAll, describe, expect, it } from 'vitest';
import { createDatabase } from '../../../tests/support/postgres.ts';
import { cli, folder, start } from './support/cli.ts';

const databases = ['sqlite', 'postgres'] as const;

describe('the demo', async () => {
  const cwd = folder();
  const server = await createDatabase();
  afterAll(() => server.drop());
  const on = (name: (typeof databases)[number]) =>
    name === 'postgres' ? ['--database', server.url] : [];

  it.each(databases)('prints one JSON object of what happened, on %s', async (database) => {
    const { ended } = start(['demo', '--json', ...on(database)], { cwd, input: '' });
    const { code, stdout, stderr } = await ended;
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const report = JSON.parse(stdout);
    expect(report).toMatchObject({
      ok: true,
      database,
      ordersPaid: 6,
      ticketsIssued: 13,
      ticketsValid: 10,
      listingsSold: 1,
      soldOutRefused: true,
      overCapRefused: true,
      holdExpired: true,
      placesCameBack: true,
      oldCodeScan: { admitted: false, reason: 'revoked' },
      newCodeScan: { admitted: true, reason: null },
      secondScan: { admitted: false, reason: 'already_in' },
      custodyLinks: 2,
      waitersFirst: true,
      offerCodeOnce: true,
      offlineAdmitted: 2,
      doublesFound: 1,
      mergedTwice: true,
      refundsHeard: 1,
      placeCameBack: true,
      ledger: { balanced: true, findings: 0 },
      doctor: { ok: true },
      failures: [],
    });
    expect(report.oldCode).toMatch(/^[0-9A-Z $%*+\-./:]{137}$/);
    expect(report.newCode).not.toBe(report.oldCode);
  });

  it('leaves no schema behind, also when it is interrupted', async () => {
    const { child, ended } = start(['demo', ...on('postgres')], { cwd, input: '' });
    // Its first chapter is told, so its schema is there.
    await once(child.stdout, 'data');
    child.kill('SIGINT');
    expect(await ended).toMatchObject({ code: 130, stderr: '' });
    const client = new pg.Client({ connectionString: server.url });
    await client.connect();
    const { rows } = await client.query(
      "select schema_name from information_schema.schemata where schema_name like 'ticketi%'",
    );
    await client.end();
    expect(rows).toEqual([]);
  });

  it('tells its story in 80 columns, with a QR and without colours in a pipe', async () => {
    const { code, stdout, stderr } = await cli(['demo'], { cwd });
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const lines = stdout.split('\n');
    expect(Math.max(...lines.map((line) => [...line].length))).toBeLessThanOrEqual(80);
    expect(stdout).not.toContain('\u001b');
    expect(stdout).toContain('▄▄▄▄▄');
    expect(stdout).toContain('All of it went as promised');
  });

  it('keeps the file that is named, for commands to look at', async () => {
    const { code } = await cli(['demo', '--database', 'kept.db', '--json'], { cwd });
    expect(code).toBe(0);
    const env = { TICKETI_DATABASE: 'kept.db' };
    const events = await cli(['event', 'list', '--json'], { cwd, env });
    expect(JSON.parse(events.stdout).items).toHaveLength(1);
    expect((await cli(['doctor'], { cwd, env })).code).toBe(0);
  });

  it('ends with 1 when its database cannot be reached', async () => {
    const { code, stdout } = await cli(
      ['demo', '--json', '--database', 'postgres://nobody@127.0.0.1:1/none'],
      { cwd },
    );
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
  });
});
