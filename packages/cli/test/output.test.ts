import { beforeAll, describe, expect, it } from 'vitest';
import { parse as parseYaml } from 'yaml';
import { table, visible } from '../src/output/columns.ts';
import { csvOf } from '../src/output/csv.ts';
import { paintFor } from '../src/output/paint.ts';
import { ok, paidOrder, publishedEvent } from './support/box-office.ts';
import { type Circumstances, cli, folder } from './support/cli.ts';

const ESC = '\u001b';

describe('what a command prints', () => {
  const cwd = folder();
  let event: Awaited<ReturnType<typeof publishedEvent>>;
  const run = (args: string[], more: Partial<Circumstances> = {}) => cli(args, { cwd, ...more });

  beforeAll(async () => {
    event = await publishedEvent(cwd);
    await paidOrder(cwd, event, 2);
  });

  it('has colours on a terminal only, never with NO_COLOR, always with FORCE_COLOR', async () => {
    const list = ['ticket', 'list', '--event', event.eventId];
    const coloured = async (more: Partial<Circumstances>) =>
      (await run(list, more)).stdout.includes(ESC);
    expect(await coloured({})).toBe(false);
    expect(await coloured({ columns: 80 })).toBe(true);
    expect(await coloured({ columns: 80, env: { NO_COLOR: '1' } })).toBe(false);
    expect(await coloured({ env: { FORCE_COLOR: '1' } })).toBe(true);
    expect(await coloured({ columns: 80, env: { TERM: 'dumb' } })).toBe(false);
  });

  it('fits the terminal, and is whole in a pipe', async () => {
    const list = ['ticket', 'list', '--event', event.eventId];
    const env = { NO_COLOR: '1' };
    const narrow = (await run(list, { columns: 80, env })).stdout.trimEnd().split('\n');
    expect(Math.max(...narrow.map((line) => line.length))).toBeLessThanOrEqual(80);
    expect((await run(list)).stdout).toContain('Ada · ada@example.com');
  });

  it('shows amounts with their currency', async () => {
    const quote = await ok(
      cwd,
      'quote',
      '--event',
      event.eventId,
      '--item',
      `${event.ticketTypeId}=2`,
    );
    expect(quote).toMatch(/total\s+98\.00 EUR/);
    expect(await ok(cwd, 'availability', event.eventId)).toMatch(/49\.00 EUR\s+8\s+yes/);
    expect(await ok(cwd, 'availability', 'get', event.eventId)).toContain('Standard');
    expect(await ok(cwd, 'pool', 'list', event.eventId)).toMatch(/█+░+ 2\/10/);
    expect(await ok(cwd, 'ledger', 'balances', event.organizerId)).toContain('-98.00 EUR');
  });

  it('is the same data as YAML and CSV', async () => {
    const json = JSON.parse(await ok(cwd, 'event', 'show', event.eventId, '--json'));
    expect(parseYaml(await ok(cwd, 'event', 'show', event.eventId, '--format', 'yaml'))).toEqual(
      json,
    );
    const csv = await ok(cwd, 'ticket', 'list', '--event', event.eventId, '--format', 'csv');
    const [head = '', ...rows] = csv.split('\r\n');
    expect(head.split(',')).toContain('holder.email');
    expect(rows.filter(Boolean)).toHaveLength(2);
  });

  it('is ids alone with --quiet', async () => {
    expect(await ok(cwd, 'event', 'list', '--quiet')).toBe(event.eventId);
  });
});

describe('a table', () => {
  const plain = paintFor(
    { stdout: process.stdout, stderr: process.stderr, env: { NO_COLOR: '1' } },
    'stdout',
  );

  it('cuts what may be cut and keeps what may not', () => {
    const rows = [{ id: 'x'.repeat(30), name: 'n'.repeat(50) }];
    const text = table(
      plain,
      [
        { title: 'id', cell: ({ id }) => id },
        { title: 'name', cell: ({ name }) => name, cuts: true },
      ],
      rows,
      60,
    );
    const [, line = ''] = text.split('\n');
    expect(visible(line)).toBe(60);
    expect(line).toContain('x'.repeat(30));
    expect(line.endsWith('…')).toBe(true);
  });
});

describe('CSV', () => {
  it('quotes what has commas, quotes or lines, and disarms formulas', () => {
    const rows = {
      items: [{ a: 'x,"y"\nz', b: '=1+1', c: -5, d: null, e: [1] }],
      nextCursor: null,
    };
    expect(csvOf(rows)).toBe(`a,b,c,d,e\r\n"x,""y""\nz",'=1+1,-5,,[1]\r\n`);
  });
});

describe('text of others', () => {
  it('cannot move the cursor', async () => {
    const cwd = folder();
    await ok(cwd, 'organizer', 'create', '--name', `${ESC}[2JEvil${ESC}]0;x\u0007 Name`);
    expect(await ok(cwd, 'organizer', 'list')).not.toContain(ESC);
  });
});
