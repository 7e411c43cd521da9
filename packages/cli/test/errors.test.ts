import { beforeAll, describe, expect, it } from 'vitest';
import { publishedEvent } from './support/box-office.ts';
import { type Circumstances, cli, folder, start } from './support/cli.ts';

describe('a mistake', () => {
  const cwd = folder();
  let event: Awaited<ReturnType<typeof publishedEvent>>;
  const run = (line: string, more: Partial<Circumstances> = {}) =>
    cli(line.split(' ').filter(Boolean), { cwd, ...more });

  beforeAll(async () => {
    event = await publishedEvent(cwd, 2);
  });

  it.each([
    ['evnt list', /Unknown command 'evnt'/, /Did you mean event\?/],
    ['event creat', /Unknown command 'creat'/, /Did you mean create\?/],
    ['event list --stat draft', /Unknown option '--stat'/, /Did you mean --state\?/],
    ['event list --state drafft', /--state does not know "drafft"/, /Did you mean draft\?/],
    ['event list --limit ten', /--limit wants a whole number, not "ten"/, undefined],
    ['event list --format xml', /There is no format xml/, /table, json, csv, yaml/],
    ['event list --as bob', /--as does not know bob/, /--as user:<id>/],
    ['event list --profile x', /There is no profile x/, undefined],
    ['event list --config nowhere.json', /There is no config file nowhere\.json/, undefined],
    ['pool create --name Field', /--event and --capacity are needed/, /For example: ticketi pool/],
    [
      'code create --event evt_01k0000000e008000000000000 --code A',
      /--percent, --amount, --set-price or --free: A code takes something off/,
      undefined,
    ],
    ['order list --event --limit 5', /--event wants <evt_…>, not --limit/, undefined],
    ['event show evt_x y', /does not know what to do with "y"/, undefined],
    ['event show evt_x', /--event: /, undefined],
    ['demo --bananas', /Unknown option/, undefined],
  ])('in %s is told in one line, with exit code 3', async (line, message, hint) => {
    const { code, stdout, stderr } = await run(line);
    const [first = '', second = ''] = stderr.split('\n');
    expect({ code, stdout }).toEqual({ code: 3, stdout: '' });
    expect(first).toMatch(message);
    expect(first).toMatch(/^error: .* \[[a-z_.A-Z]+\]$/);
    if (hint !== undefined) expect(second).toMatch(hint);
    expect(stderr).not.toContain('    at ');
  });

  it('in an amount is told with the currency', async () => {
    const type = ['ticket-type', 'create', '--event', event.eventId, '--name', 'X'];
    const price = async (text: string) =>
      cli([...type, '--draw', event.poolId, '--price', text], { cwd });
    expect(await price('49.001')).toMatchObject({ code: 3 });
    expect((await price('49.001')).stderr).toContain('EUR has 2 decimals');
    expect((await price('49 USD')).stderr).toContain("the event's currency is EUR");
    expect((await price('-1')).stderr).toContain('wants an amount');
    expect((await price('NaN')).code).toBe(3);
  });

  it('of the same field by two flags is refused', async () => {
    const line = `code create --event ${event.eventId} --code X --percent 5 --amount 1`;
    expect(await run(line)).toMatchObject({ code: 3 });
  });

  it.each(['', '--json'])('is conflict 5, missing 6, denied 4 %s', async (format) => {
    const { eventId, ticketTypeId } = event;
    const soldOut = await run(`hold create --event ${eventId} --item ${ticketTypeId}=3 ${format}`);
    const missing = await run(`event show evt_01k0000000e008000000000000 ${format}`);
    const denied = await run(`event publish ${eventId} --as user:bob ${format}`);
    expect([soldOut.code, missing.code, denied.code]).toEqual([5, 6, 4]);
    expect([soldOut.stdout, missing.stdout, denied.stdout]).toEqual(['', '', '']);
    if (format === '') {
      expect(soldOut.stderr).toMatch(/^error: Only 2 left, 3 asked for\. \[sold_out\]\nhint: Ask/);
    } else {
      expect(JSON.parse(soldOut.stderr)).toMatchObject({
        code: 'sold_out',
        details: { available: 2, requested: 3, poolId: event.poolId },
      });
    }
  });

  it('of the machine is a failure with its cause under --debug', async () => {
    const plain = await run('event list --database nowhere/at/all.db');
    expect(plain.code).toBe(1);
    expect(plain.stderr.trimEnd().split('\n').length).toBeLessThanOrEqual(2);
    const debug = await run('event list --database nowhere/at/all.db --debug');
    expect(debug.stderr).toContain('    at ');
  });

  it('of a secret in a config file is refused', async () => {
    const { writeFileSync } = await import('node:fs');
    const own = folder();
    writeFileSync(`${own}/ticketi.config.json`, '{"secret":"abc"}');
    const { code, stderr } = await cli(['event', 'list'], { cwd: own });
    expect(code).toBe(3);
    expect(stderr).toContain('Secrets do not belong in a config file');
  });

  it('of too few flags does not wait for answers where nobody can give them', async () => {
    const { ended } = start(['organizer', 'create'], { cwd });
    const { code, stdout, stderr } = await ended;
    expect({ code, stdout }).toEqual({ code: 3, stdout: '' });
    expect(stderr).toContain('--name is needed');
  });
});
