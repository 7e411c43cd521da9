import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { ok, paidOrder, publishedEvent } from './support/box-office.ts';
import { cli, folder } from './support/cli.ts';

describe('documents on the command line', () => {
  const cwd = folder();
  let orderId: string;
  let ticketId: string;

  beforeAll(async () => {
    const order = await paidOrder(cwd, await publishedEvent(cwd), 2);
    orderId = order.orderId;
    ticketId = order.ticketIds[0] ?? '';
  });

  it('are saved, of a ticket and of a whole order', async () => {
    for (const [args, begins] of [
      [['pdf', '--order', orderId], '%PDF-'],
      [['pdf', '--ticket', ticketId, '--language', 'de'], '%PDF-'],
      [['calendar', '--order', orderId], 'BEGIN:VCALENDAR'],
      [['qr', ticketId], '<svg'],
      [['qr', ticketId, '--image', 'png'], '\u0089PNG'],
    ] as const) {
      const saved = await cli(['document', ...args, '--output', 'saved'], { cwd, columns: 80 });
      expect(saved).toMatchObject({ code: 0, stdout: '' });
      const file = readFileSync(join(cwd, 'saved'), 'latin1');
      expect(file.startsWith(begins)).toBe(true);
    }
  });

  it('are shown on a terminal where they are text, and nowhere else', async () => {
    const shown = (...args: string[]) => cli(['document', ...args], { cwd, columns: 80 });
    expect((await shown('qr', ticketId, '--image', 'terminal')).stdout).toContain('█'.repeat(49));
    expect((await shown('qr', ticketId)).stdout).toContain('<svg');
    expect((await shown('calendar', '--ticket', ticketId)).stdout).toContain('BEGIN:VEVENT');
    for (const args of [
      ['qr', ticketId, '--image', 'png'],
      ['pdf', '--order', orderId],
      ['apple-wallet', ticketId],
    ]) {
      const refused = await shown(...args);
      expect(refused).toMatchObject({ code: 3, stdout: '' });
      expect(refused.stderr).toContain('--output');
    }
  });

  it('say what is missing', async () => {
    expect(await cli(['document', 'pdf'], { cwd })).toMatchObject({ code: 3 });
    const pass = await cli(['document', 'apple-wallet', ticketId], { cwd });
    expect(pass).toMatchObject({ code: 5, stdout: '' });
    expect(pass.stderr).toContain('wallet_not_configured');
    await ok(cwd, 'ticket', 'void', ticketId, '--confirm', ticketId);
    expect(await cli(['document', 'qr', ticketId], { cwd })).toMatchObject({ code: 5, stdout: '' });
  });
});
