import { once } from 'node:events';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import { createTicketi } from '@ticketi/core';
import { sqlite } from '@ticketi/storage/sqlite';
import { beforeAll, describe, expect, it } from 'vitest';
import { ok, paidOrder, publishedEvent } from './support/box-office.ts';
import { type Circumstances, cli, folder, start } from './support/cli.ts';
import { hasTerminals, onTerminal } from './support/terminal.ts';

const cwd = folder();
let event: Awaited<ReturnType<typeof publishedEvent>>;

beforeAll(async () => {
  event = await publishedEvent(cwd, 100);
});

/** Codes that nobody has shown yet. */
async function freshCodes(quantity: number): Promise<string[]> {
  const { ticketIds } = await paidOrder(cwd, event, quantity);
  return Promise.all(ticketIds.map((id) => ok(cwd, 'ticket', 'code', id, '--quiet')));
}

/** Runs the command with what the scanner types. */
function typed(input: string, args: string[] = [], more: Partial<Circumstances> = {}) {
  return cli(['checkin', 'scan', '--event', event.eventId, ...args], { cwd, input, ...more });
}

describe('checkin scan, with a scanner that types', () => {
  it('lets in line by line, says why not, and sums up on stderr', async () => {
    const [ada = '', ben = ''] = await freshCodes(2);
    const shown = await typed(`${ada}\n${ben}\n${ada}\nhello\n`, ['--gate', 'North']);
    const [first, second, third, fourth, ...rest] = shown.stdout.trimEnd().split('\n');
    expect(first).toMatch(/^ADMITTED {2}.*Standard$/);
    expect(second).toMatch(/^ADMITTED {2}/);
    expect(third).toMatch(/^REFUSED {3}.*came in already at \d\d:\d\d UTC, gate North\.$/);
    expect(fourth).toBe('REFUSED   this is no ticket of this organizer.');
    expect(rest).toEqual([]);
    expect(shown).toMatchObject({ code: 1, stderr: '2 admitted, 2 refused\n' });
  });

  it('ends with 0 when all came in, whatever ends a line, and passes empty lines over', async () => {
    const [ada = '', ben = ''] = await freshCodes(2);
    const shown = await typed(`\r\n${ada}\r\n\n   \n${ben}`);
    expect(shown).toMatchObject({ code: 0, stderr: '2 admitted, 0 refused\n' });
    expect(shown.stdout).toMatch(/^ADMITTED[^\n]*\nADMITTED[^\n]*\n$/);
    expect(await typed('\n\n')).toEqual({ code: 0, stdout: '', stderr: '0 admitted, 0 refused\n' });
  });

  it('reads a code whose first character is a space, also where that was cut off', async () => {
    await signWithSpace();
    const [ada = '', ben = ''] = await freshCodes(2);
    expect(ada.charAt(0) + ben.charAt(0)).toBe('  ');
    const shown = await typed(`${ada}\n${ben.trim()}\n`);
    expect(shown).toMatchObject({ code: 0, stderr: '2 admitted, 0 refused\n' });
  });

  it('with --json gives a line of JSON for each scan, and takes the gate once for all', async () => {
    const [ada = ''] = await freshCodes(1);
    const shown = await typed(`${ada}\n${ada}\n`, ['--gate', 'South', '--json']);
    const scans = shown.stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(scans).toMatchObject([
      { admitted: true, reason: null, gate: 'South' },
      { admitted: false, reason: 'already_in', gate: 'South', lastAdmittedGate: 'South' },
    ]);
    expect(shown.stderr).toBe('1 admitted, 1 refused\n');
  });

  it('with --quiet says no more than a script needs', async () => {
    const [ada = ''] = await freshCodes(1);
    expect(await typed(`${ada}\n${ada}\n`, ['--quiet'])).toEqual({
      code: 1,
      stdout: 'ADMITTED\nREFUSED already_in\n',
      stderr: '',
    });
  });

  it('goes on after a line that is no code at all', async () => {
    const [ada = ''] = await freshCodes(1);
    const shown = await typed(`${'X'.repeat(5000)}\n\u001b[2J\n\u0000\n${ada}\n`);
    expect(shown.stdout).toMatch(/^REFUSED[^\n]*\nADMITTED[^\n]*\n$/);
    expect(shown.stderr).toMatch(
      /^(NOT SCANNED {2}.*\n){2}1 admitted, 1 refused, 2 not scanned\n$/,
    );
    expect(shown.stdout + shown.stderr).not.toContain('\u001b');
    expect(shown.code).toBe(1);
    const json = await typed(`${'X'.repeat(5000)}\n`, ['--json']);
    const [line = ''] = json.stderr.split('\n');
    expect(JSON.parse(line)).toMatchObject({ code: 'invalid_input' });
  });

  it('stops at what concerns every line', async () => {
    const [ada = ''] = await freshCodes(1);
    const lost = await cli(['checkin', 'scan', '--event', 'evt_01kxz1y5eaf5h9sd2rcg4b0t9m'], {
      cwd,
      input: `${ada}\n${ada}\n`,
    });
    expect(lost).toMatchObject({ code: 6, stdout: '' });
    expect(lost.stderr.match(/not_found/g)).toHaveLength(1);
  });

  it('goes on when the server did not hear of one scan', async () => {
    const [ada = '', ben = '', cyn = ''] = await freshCodes(3);
    const { child, ended, url } = await devServer();
    const front = createServer(async (request, response) => {
      const body = await text(request);
      if (body.includes(JSON.stringify(ben))) {
        request.socket.destroy();
        return;
      }
      const answer = await fetch(new URL(request.url ?? '/', url), {
        method: request.method ?? 'POST',
        headers: { 'content-type': 'application/json', 'x-ticketi-actor': 'system' },
        body,
      });
      response.writeHead(answer.status, { 'content-type': 'application/json' });
      response.end(await answer.text());
    }).listen(0, '127.0.0.1');
    await once(front, 'listening');
    const address = front.address();
    if (address === null || typeof address === 'string') throw new Error('No port.');
    const base = `http://127.0.0.1:${address.port}${new URL(url).pathname}`;
    const shown = await typed(`${ada}\n${ben}\n${cyn}\n`, ['--url', base]);
    front.close();
    child.kill('SIGTERM');
    await ended;
    expect(shown.stdout).toMatch(/^ADMITTED[^\n]*\nADMITTED[^\n]*\n$/);
    expect(shown.stderr).toMatch(/^NOT SCANNED {2}.*\n2 admitted, 0 refused, 1 not scanned\n$/);
    expect(shown.code).toBe(1);
    expect(await typed(`${ben}\n`)).toMatchObject({ code: 0 });
  }, 120_000);

  it('answers each line when it is typed, not at the end, and sums up on Ctrl-C', async () => {
    const [ada = '', ben = ''] = await freshCodes(2);
    const { child, output, ended } = start(['checkin', 'scan', '--event', event.eventId], { cwd });
    for (const [code, times] of [
      [ada, 1],
      [ben, 2],
    ] as const) {
      child.stdin.write(`${code}\n`);
      await expect
        .poll(() => output.stdout.match(/ADMITTED/g)?.length, { timeout: 60_000 })
        .toBe(times);
    }
    child.kill('SIGINT');
    expect(await ended).toMatchObject({ code: 130, stderr: '2 admitted, 0 refused\n' });
  }, 120_000);

  it('is green and red where colours are wanted', async () => {
    const [ada = ''] = await freshCodes(1);
    const { stdout } = await typed(`${ada}\n${ada}\n`, [], { env: { FORCE_COLOR: '1' } });
    expect(stdout).toContain('\u001b[32m\u001b[1mADMITTED');
    expect(stdout).toContain('\u001b[31m\u001b[1mREFUSED');
    const [ben = ''] = await freshCodes(1);
    const plain = await typed(`${ben}\n`, [], { columns: 80, env: { NO_COLOR: '1' } });
    expect(plain.stdout).not.toContain('\u001b');
  });

  it('does not ring where nobody sits', async () => {
    const [ada = ''] = await freshCodes(1);
    const { stdout, stderr } = await typed(`${ada}\n${ada}\n`, [], { columns: 80 });
    expect(stdout + stderr).not.toContain('\u0007');
  });

  it.skipIf(!hasTerminals).each([
    { args: [], env: {}, rings: 1 + 3 },
    { args: ['--no-sound'], env: {}, rings: 0 },
    { args: [], env: { TICKETI_SOUND: 'off' }, rings: 0 },
  ])(
    'rings $rings times on a terminal with $args $env',
    async ({ args, env, rings }) => {
      const [ada = ''] = await freshCodes(1);
      const { output, code } = await onTerminal(
        ['checkin', 'scan', '--event', event.eventId, ...args],
        { cwd, keys: `${ada}\r${ada}\r\u0004`, env },
      );
      expect(output).toContain('1 admitted, 1 refused');
      expect([...output].filter((letter) => letter === '\u0007')).toHaveLength(rings);
      expect(code).toBe(1);
    },
    60_000,
  );
});

/** Changes the key of the organizer until its codes begin with a space. */
async function signWithSpace() {
  const ticketi = await createTicketi({ storage: sqlite(join(cwd, 'ticketi.db')) });
  try {
    let begins = 0;
    while (begins !== SPACE) {
      const { id } = await ticketi.signingKeys.rotate({ organizerId: event.organizerId });
      const bits = [...id.slice('key_'.length)].reduce(
        (all, digit) => all * 32n + BigInt(CROCKFORD.indexOf(digit)),
        0n,
      );
      // The version 1, then the first byte of the key's short id: two bytes in base 45.
      begins = (0x100 + Number((bits >> 56n) & 0xffn)) % 45;
    }
  } finally {
    await ticketi.close();
  }
}

const CROCKFORD = '0123456789abcdefghjkmnpqrstvwxyz';
/** Of the alphabet of Base45. */
const SPACE = 36;

/** A server on the same database, that believes who somebody says they are. */
async function devServer() {
  const running = start(['serve', '--port', '0', '--dev'], { cwd });
  const [line] = await Promise.race([
    once(createInterface(running.child.stdout), 'line'),
    running.ended.then(({ stderr }) => Promise.reject(new Error(stderr))),
  ]);
  return { ...running, url: String(line) };
}
