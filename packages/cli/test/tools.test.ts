import { chmodSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ok, paidOrder, publishedEvent } from './support/box-office.ts';
import { cli, folder } from './support/cli.ts';

describe('init', () => {
  it('makes a database, a config and a secret that only its owner reads', async () => {
    const cwd = folder();
    const { code, stdout } = await cli(
      ['init', '--yes', '--organizer', 'Harbour', '--owner', 'nora', '--json'],
      { cwd },
    );
    expect(code).toBe(0);
    const made = JSON.parse(stdout);
    expect(made.organizerId).toMatch(/^org_/);
    expect(statSync(join(cwd, '.ticketi-secret')).mode & 0o777).toBe(0o600);
    expect(stdout).not.toContain(readFileSync(join(cwd, '.ticketi-secret'), 'utf8').trim());
    expect(await ok(cwd, 'organizer', 'list', '--as', 'user:nora', '--quiet')).toBe(
      made.organizerId,
    );

    const again = await cli(['init', '--yes'], { cwd });
    expect(again.code).toBe(3);
    expect(again.stderr).toContain('overwrites nothing');
  });

  it('keeps the secret of a database that had one already', async () => {
    const cwd = folder();
    const event = await publishedEvent(cwd);
    const { ticketIds } = await paidOrder(cwd, event);
    const [ticketId = ''] = ticketIds;
    const before = await ok(cwd, 'ticket', 'code', ticketId, '--quiet');
    await ok(cwd, 'init', '--yes', '--quiet');
    expect(await ok(cwd, 'ticket', 'code', ticketId, '--quiet')).toBe(before);
  });

  it('writes no password into the config', async () => {
    const cwd = folder();
    const url = 'postgres://user:hunter2@127.0.0.1:1/none';
    const { code, stdout, stderr } = await cli(['init', '--yes', '--database', url], { cwd });
    expect(code).toBe(1);
    expect(stdout + stderr).not.toContain('hunter2');
  });
});

describe('migrate', () => {
  it('says what it would do, does it, and has nothing to do after', async () => {
    const cwd = folder();
    const dry = JSON.parse(await ok(cwd, 'migrate', '--dry-run', '--json'));
    expect(dry.applied).toEqual([]);
    expect(dry.pending.length).toBeGreaterThan(0);
    const doctor = await cli(['doctor'], { cwd });
    expect(doctor.code).toBe(5);
    expect(doctor.stderr).toContain('ticketi migrate');
    expect(JSON.parse(await ok(cwd, 'migrate', '--json')).applied).toEqual(dry.pending);
    expect(JSON.parse(await ok(cwd, 'migrate', '--json')).applied).toEqual([]);
  });
});

describe('doctor', () => {
  it('finds all well, and a secret that others can read', async () => {
    const cwd = folder();
    await ok(cwd, 'init', '--yes', '--quiet');
    const sound = JSON.parse(await ok(cwd, 'doctor', '--json'));
    expect(sound.ok).toBe(true);
    expect(sound.checks.map(({ name }: { name: string }) => name)).toEqual(
      expect.arrayContaining(['node', 'machine_clock', 'secret_file', 'database', 'ledger']),
    );
    expect(await ok(cwd, 'doctor')).toMatch(/✓ {2}counters/);
    chmodSync(join(cwd, '.ticketi-secret'), 0o644);
    const { code, stdout } = await cli(['doctor'], { cwd });
    expect(code).toBe(1);
    expect(stdout).toMatch(/✗ {2}secret_file/);
  });
});
