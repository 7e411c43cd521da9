import { appendFileSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { beforeAll, describe, expect, it } from 'vitest';
import { ok, paidOrder, publishedEvent } from './support/box-office.ts';
import { type Circumstances, cli, folder, start } from './support/cli.ts';

const cwd = folder();
let event: Awaited<ReturnType<typeof publishedEvent>>;
let codes: readonly string[];
const next = () => {
  const [code = '', ...rest] = codes;
  codes = rest;
  return code;
};

beforeAll(async () => {
  event = await publishedEvent(cwd, 100);
  const { ticketIds } = await paidOrder(cwd, event, 10);
  codes = await Promise.all(ticketIds.map((id) => ok(cwd, 'ticket', 'code', id, '--quiet')));
  const bundle = await ok(cwd, 'checkin', 'bundle', event.eventId, '--json');
  writeFileSync(join(cwd, 'bundle.json'), bundle);
});

const words = (device: string, ...more: string[]) => [
  ...['checkin', 'offline', '--bundle', 'bundle.json', '--log', `${device}.jsonl`],
  ...['--device', device, ...more],
];
const typed = (input: string, args: string[], more: Partial<Circumstances> = {}) =>
  cli(args, { cwd, input, ...more });
const linesOf = (device: string) =>
  readFileSync(join(cwd, `${device}.jsonl`), 'utf8')
    .trimEnd()
    .split('\n');
const merged = async (device: string) =>
  JSON.parse(await ok(cwd, 'checkin', 'merge', '--log', `${device}.jsonl`, '--json'));

describe('checkin offline', () => {
  it('decides as a scan does, without a database, and writes down what it showed', async () => {
    const ada = next();
    const shown = await typed(`${ada}\r\n\r\n${ada}\r\nhello\r\n`, [
      ...words('west', '--gate', 'West'),
      ...['--database', '/nowhere/at/all.db'],
    ]);
    const [first, second, third] = shown.stdout.split('\n');
    expect(first).toBe('ADMITTED  Standard');
    expect(second).toMatch(
      /^REFUSED {3}Standard: .*came in already at \d\d:\d\d UTC, gate West\.$/,
    );
    expect(third).toBe('REFUSED   this is no ticket of this organizer.');
    expect(shown).toMatchObject({ code: 1, stderr: '1 admitted, 2 refused\n' });
    const [owner, ...entries] = linesOf('west').map((line) => JSON.parse(line));
    expect(owner).toEqual({ version: 1, eventId: event.eventId, listId: null, deviceId: 'west' });
    expect(entries).toMatchObject([
      { code: ada, gate: 'West', admitted: true, reason: null },
      { code: ada, admitted: false, reason: 'already_in' },
      { code: 'hello', admitted: false, reason: 'unknown_code' },
    ]);
    expect(new Set(entries.map(({ scanId }) => scanId)).size).toBe(3);
    expect(statSync(join(cwd, 'west.jsonl')).mode & 0o777).toBe(0o600);
  });

  it('has colours, and JSON a line each', async () => {
    const ada = next();
    const env = { FORCE_COLOR: '1' };
    const { stdout } = await typed(`${ada}\n${ada}\n`, words('paint'), { env });
    expect(stdout).toContain('\u001b[32m\u001b[1mADMITTED');
    expect(stdout).toContain('\u001b[31m\u001b[1mREFUSED');
    const json = await typed(`${ada}\nhello\n`, words('json', '--json', '--direction', 'exit'));
    expect(
      json.stdout
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line)),
    ).toMatchObject([{ reason: 'not_inside' }, { reason: 'unknown_code' }]);
  });

  it('killed and started again, refuses a code that it let in before', async () => {
    const [ada, ben] = [next(), next()];
    const { child, output, ended } = start(words('killed'), { cwd });
    child.stdin.write(`${ada}\n`);
    await expect.poll(() => output.stdout, { timeout: 60_000 }).toContain('ADMITTED');
    // What was shown is in the file by then, whatever happens to the process.
    expect(linesOf('killed')).toHaveLength(2);
    child.kill('SIGKILL');
    await ended;
    // Killed while it wrote the next decision, which nobody has seen.
    appendFileSync(join(cwd, 'killed.jsonl'), '{"scanId":"half","code":"');

    const again = await typed(`${ada}\n${ben}\n`, words('killed'));
    expect(again.stdout).toMatch(/^REFUSED.*came in already.*\nADMITTED/);
    expect(again.stderr).toBe('Going on after 1 scans of killed.jsonl.\n1 admitted, 1 refused\n');
    expect(linesOf('killed')).toHaveLength(4);
    expect(await merged('killed')).toMatchObject({ added: 3, repeated: 0, doubles: [] });
  }, 120_000);

  it('is merged as often as one likes, and tells who was let in twice', async () => {
    const [ada, ben] = [next(), next()];
    await typed(`${ada}\n`, words('north'));
    await typed(`${ada}\n${ben}\n`, words('south'));
    const south = await merged('south');
    expect(south).toMatchObject({ added: 2, repeated: 0, doubles: [] });
    const north = await merged('north');
    expect(north).toMatchObject({
      added: 1,
      doubles: [{ deviceId: 'south', finding: 'already_in', counts: false }],
    });
    const scans = await ok(cwd, 'checkin', 'list', event.eventId, '--all', '--json');
    const twice = await merged('south');
    expect(twice).toMatchObject({ added: 0, repeated: 2, doubles: north.doubles });
    expect(await merged('north')).toMatchObject({ added: 0, repeated: 1, doubles: north.doubles });
    expect(await ok(cwd, 'checkin', 'list', event.eventId, '--all', '--json')).toBe(scans);
    // At the door with a connection both are in now.
    const door = await cli(['checkin', 'scan', '--event', event.eventId], {
      cwd,
      input: `${ada}\n${ben}\n`,
    });
    expect(door).toMatchObject({ code: 1, stderr: '0 admitted, 2 refused\n' });
  });

  it('goes on by a newer bundle, and counts once what that has of its log', async () => {
    const own = await publishedEvent(cwd, 10);
    const { ticketIds } = await paidOrder(cwd, own, 2);
    const of = (id: string) => ok(cwd, 'ticket', 'code', id, '--quiet');
    const [ada = '', ben = ''] = await Promise.all(ticketIds.map(of));
    const list = ['checkin-list', 'create', '--event', own.eventId, '--name', 'Twice'];
    await ok(cwd, ...list, '--entries', '2');
    const fetched = async () =>
      writeFileSync(
        join(cwd, 'own.json'),
        await ok(cwd, 'checkin', 'bundle', own.eventId, '--json'),
      );
    const door = ['checkin', 'offline', '--bundle', 'own.json', '--log', 'own.jsonl'];
    const scan = (input: string) => typed(input, [...door, '--device', 'own']);
    await fetched();
    expect((await scan(`${ada}\n${ben}\n${ben}\n`)).stderr).toContain('3 admitted');
    await merged('own');
    await fetched();
    const again = await scan(`${ada}\n${ada}\n${ben}\n`);
    expect(again.stderr).toBe('Going on after 3 scans of own.jsonl.\n1 admitted, 2 refused\n');
    expect(again.stdout).toMatch(/^ADMITTED.*\nREFUSED.*\nREFUSED/);
    expect(await merged('own')).toMatchObject({ added: 3, repeated: 3, doubles: [] });
  });

  it('is merged in parts when it is longer than a merge takes', async () => {
    const lines = Array.from({ length: 1203 }, (_, n) => `wrong ${n}\n`);
    await typed(`${next()}\n${lines.join('')}`, words('long', '--quiet'));
    expect(await merged('long')).toMatchObject({ added: 1204, repeated: 0, clashing: [] });
    expect(await merged('long')).toMatchObject({ added: 0, repeated: 1204 });
  });

  it('says of a bundle that it has expired, is none, or is not there', async () => {
    const bundle = JSON.parse(readFileSync(join(cwd, 'bundle.json'), 'utf8'));
    const old = { ...bundle, expiresAt: bundle.issuedAt };
    writeFileSync(join(cwd, 'old.json'), JSON.stringify(old));
    writeFileSync(join(cwd, 'none.json'), '{"version":1}');
    const refused = async (file: string) => {
      const args = ['--bundle', file, '--log', 'never.jsonl', '--device', 'never'];
      const { code, stdout, stderr } = await typed('x\n', ['checkin', 'offline', ...args]);
      expect({ code, stdout }).toEqual({ code: 3, stdout: '' });
      return stderr;
    };
    const expired = await refused('old.json');
    expect(expired).toContain(`The bundle expired at ${bundle.issuedAt}.`);
    expect(expired).toContain(`ticketi checkin bundle ${event.eventId} --json`);
    expect(await refused('none.json')).toContain('none.json is no bundle: eventId');
    expect(await refused('missing.json')).toContain('cannot be read');
    expect(() => statSync(join(cwd, 'never.jsonl'))).toThrow('ENOENT');
  });

  it('stops when its bundle expires meanwhile', async () => {
    const bundle = JSON.parse(readFileSync(join(cwd, 'bundle.json'), 'utf8'));
    const expiresAt = new Date(Date.now() + 3000).toISOString();
    writeFileSync(join(cwd, 'short.json'), JSON.stringify({ ...bundle, expiresAt }));
    const ada = next();
    const args = ['--bundle', 'short.json', '--log', 'short.jsonl', '--device', 'short'];
    const { code, stdout, stderr } = await cli(['checkin', 'offline', ...args], {
      cwd,
      async *typing() {
        yield 'hello\n';
        await expect.poll(() => linesOf('short').length, { timeout: 20_000 }).toBe(2);
        await setTimeout(Date.parse(expiresAt) - Date.now() + 1);
        yield `${ada}\n`;
      },
    });
    expect(code).toBe(3);
    expect(stdout).not.toContain('ADMITTED');
    expect(stderr).toMatch(/^0 admitted, 1 refused\nerror: The bundle expired/);
    expect(linesOf('short')).toHaveLength(2);
  });

  it('refuses a log of another door, a damaged one, and one that two doors write', async () => {
    await typed('hello\n', words('mine'));
    const other = await typed('', [...words('mine').slice(0, -1), 'other']);
    expect(other).toMatchObject({ code: 3 });
    expect(other.stderr).toContain('the log of another device: mine');

    const first = await cli(words('mine'), {
      cwd,
      async *typing() {
        yield 'hello\n';
        await expect.poll(() => linesOf('mine').length, { timeout: 20_000 }).toBe(3);
        await typed('hello\n', words('mine'));
        yield 'hello\n';
      },
    });
    expect(first).toMatchObject({ code: 3, stderr: expect.stringContaining('Another door') });
    expect(linesOf('mine')).toHaveLength(4);

    appendFileSync(join(cwd, 'mine.jsonl'), '{"scanId":1}\n');
    const damaged = await typed('', words('mine'));
    expect(damaged.stderr).toContain('Line 5 of');
    appendFileSync(join(cwd, 'mine.jsonl'), 'what\n');
    expect((await typed('', words('mine'))).stderr).toMatch(/Line 6 of .* is not JSON/);
    const merge = await cli(['checkin', 'merge', '--log', 'mine.jsonl'], { cwd });
    expect(merge).toMatchObject({ code: 3 });
  });

  it('says what is missing', async () => {
    const said = async (...args: string[]) => {
      const { code, stderr } = await typed('', ['checkin', ...args]);
      expect(code).toBe(3);
      return stderr;
    };
    expect(await said('offline')).toContain('--bundle is needed');
    expect(await said('offline', '--bundle', 'bundle.json')).toContain('--log is needed');
    expect(await said(...words('a/b').slice(1))).toContain('without a slash');
    expect(await said(...words('a', '--direction', 'up').slice(1))).toContain('entry or exit');
    expect(await said('merge', '--log', 'nothing.jsonl')).toContain('There is no log');
    const both = ['merge', '--log', 'west.jsonl', '--input', 'west.jsonl'];
    expect(await said(...both)).toContain('not both');
  });
});
