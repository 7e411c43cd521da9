import { once } from 'node:events';
import { describe, expect, it } from 'vitest';
import { ok } from './support/box-office.ts';
import { cli, folder, start } from './support/cli.ts';

describe('worker', () => {
  it('does one pass, and says what each job came to', async () => {
    const cwd = folder();
    await ok(cwd, 'init', '--yes', '--quiet');
    const { code, stdout } = await cli(['worker', '--once', '--json'], { cwd });
    expect(code).toBe(0);
    const { jobs } = JSON.parse(stdout);
    expect(jobs).toContainEqual({ job: 'orders.expire', done: 0, error: null });
    const table = await cli(['worker', '--once'], { cwd });
    expect(table.stdout).toMatch(/^orders\.expire +0$/m);
    const csv = await cli(['worker', '--once', '--format', 'csv'], { cwd });
    expect(csv.stdout.split('\r\n')[0]).toBe('job,done,error');
  });

  it('works until a signal comes, and ends well', async () => {
    const cwd = folder();
    await ok(cwd, 'init', '--yes', '--quiet');
    const { child, ended } = start(['worker'], { cwd });
    await Promise.race([once(child.stderr, 'data'), ended]);
    child.kill('SIGTERM');
    const { code, stderr } = await ended;
    expect(code).toBe(0);
    expect(stderr).toContain('Stopped.');
  });

  it('does not work on a server', async () => {
    const { code, stderr } = await cli(['worker', '--url', 'http://127.0.0.1:1'], {
      cwd: folder(),
    });
    expect(code).toBe(3);
    expect(stderr).toContain('not on a server');
  });
});
