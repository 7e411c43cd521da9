import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { ok, publishedEvent } from './support/box-office.ts';
import { cli, folder } from './support/cli.ts';

const CSV = `section,row,number,aisle_after
stalls,A,1,
stalls,A,2,yes
stalls,A,3,
stalls,B,1,
stalls,B,2,
`;

describe('seats on the command line', () => {
  const cwd = folder();
  let sessionId = '';
  let organizerId = '';
  let eventId = '';
  let typeId = '';

  beforeAll(async () => {
    const event = await publishedEvent(cwd);
    organizerId = event.organizerId;
    eventId = event.eventId;
    writeFileSync(join(cwd, 'hall.csv'), CSV);
    const map = ['seat-map', 'import', 'hall.csv', '--organizer', organizerId, '--quiet'];
    const mapId = await ok(cwd, ...map);
    const shown = JSON.parse(await ok(cwd, 'event', 'show', event.eventId, '--json'));
    sessionId = shown.sessions[0].id;
    await ok(cwd, 'seat-map', 'assign', mapId, '--session', sessionId);
    typeId = await ok(
      cwd,
      ...['ticket-type', 'create', '--event', event.eventId, '--name', 'Seat', '--quiet'],
      ...['--price', '1.00', '--seating-categories', 'stalls'],
    );
    await ok(cwd, 'hold', 'create', '--event', event.eventId, '--item', `${typeId}=2`);
  });

  it('draws seats as letters without colours, and as blocks with them', async () => {
    const plain = await cli(['seat-map', 'show', sessionId], { cwd, env: { NO_COLOR: '1' } });
    expect(plain.stdout).toBe(
      'hall\nstalls\n A hh.\n B ..\n\n. free 3   h held 2   x sold 0   # blocked 0\n',
    );
    const coloured = await cli(['seat-map', 'show', sessionId], { cwd, columns: 80 });
    expect(coloured.stdout).toContain('▣▣');
  });

  it('shows a bar for each section where the rows are too wide', async () => {
    const { stdout } = await cli(['seat-map', 'show', sessionId], {
      cwd,
      columns: 5,
      env: { NO_COLOR: '1' },
    });
    expect(stdout).toContain('2/5');
  });

  it('prints the picture itself, to be sent to a file', async () => {
    expect(await ok(cwd, 'seat-map', 'svg', sessionId)).toMatch(/^<svg [\s\S]*<\/svg>$/);
  });

  it('names seats: of a hold, of a block, and of what is released of it', async () => {
    const item = `${typeId}=2@stalls-B-1,stalls-B-2`;
    const holdId = await ok(cwd, 'hold', 'create', '--event', eventId, '--item', item, '--quiet');
    const { items } = JSON.parse(await ok(cwd, 'hold', 'show', holdId, '--json'));
    expect(items[0].seats.map(({ label }: { label: string }) => label)).toEqual([
      'stalls-B-1',
      'stalls-B-2',
    ]);
    await ok(cwd, 'hold', 'release', holdId);
    const blockId = await ok(
      cwd,
      ...['block', 'create', '--event', eventId, '--session', sessionId, '--reason', 'Press'],
      ...['--seats', 'stalls-B-1', '--seats', 'stalls-B-2', '--quiet'],
    );
    await ok(cwd, 'block', 'release', blockId, '--seats', 'stalls-B-1');
    const shown = await cli(['seat-map', 'show', sessionId], { cwd, env: { NO_COLOR: '1' } });
    expect(shown.stdout).toContain(' B .#\n');
    await ok(cwd, 'block', 'release', blockId);
  });

  it('says on which line a file is wrong', async () => {
    writeFileSync(join(cwd, 'wrong.csv'), 'section,row,number\na,1,1\na,1,1\n');
    const args = ['seat-map', 'import', 'wrong.csv', '--organizer', organizerId];
    const { code, stderr } = await cli(args, { cwd });
    expect(code).toBe(3);
    expect(stderr).toContain('line 3: Row 1 of a has two seats 1.');
  });
});
